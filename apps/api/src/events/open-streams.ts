import type { Response } from 'express';

/** The streams that are open in this process; an open one must not keep it alive. */
export class OpenStreams {
  private readonly responses = new Set<Response>();

  /** Answers how to forget it again. */
  add(response: Response): () => void {
    this.responses.add(response);
    return () => this.responses.delete(response);
  }

  endAll(): void {
    for (const response of this.responses) response.end();
  }
}
