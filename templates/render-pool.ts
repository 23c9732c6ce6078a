import { Worker } from 'node:worker_threads';

/** One template to run; `name` identifies its text for good, so that it is compiled once. */
export interface TemplatePart {
  readonly name: string;
  readonly source: string;
  readonly partials: Readonly<Record<string, string>>;
  /** No escaping: plain text has no markup to break. Never the author's choice. */
  readonly plainText: boolean;
}

/** What one rendering may cost before it is ended. */
export interface RenderLimits {
  readonly heapMb: number;
  readonly wallMs: number;
  readonly outputBytes: number;
  /** For the thread to come up, on a machine under load. */
  readonly startMs: number;
  readonly threads: number;
}

export const defaultRenderLimits: RenderLimits = {
  heapMb: 64,
  wallMs: 2_000,
  outputBytes: 1_000_000,
  startMs: 30_000,
  threads: 2,
};

/** Helpers a template may use, built-in and ours. */
export const knownHelpers = ['if', 'unless', 'each', 'is', 'safeUrl', 'notes', 'quote'] as const;

export type RenderErrorCode =
  | 'MODEL_REFUSED'
  | 'TEMPLATE_FAILED'
  | 'TEMPLATE_TOO_SLOW'
  | 'TEMPLATE_OUT_OF_MEMORY'
  | 'TEMPLATE_OUTPUT_TOO_LARGE'
  | 'SUBJECT_REFUSED'
  | 'RENDERER_CLOSED';

/** A message or page that could not be written; the message says which and why. */
export class RenderError extends Error {
  readonly code: RenderErrorCode;

  constructor(code: RenderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RenderError';
    this.code = code;
  }
}

type Outputs = Readonly<Record<string, string>>;
type Reply =
  | { readonly ready: true }
  | { readonly id: number; readonly outputs: Outputs }
  | { readonly id: number; readonly code: RenderErrorCode; readonly problem: string };

interface Job {
  readonly id: number;
  readonly parts: Readonly<Record<string, TemplatePart>>;
  readonly context: object;
  readonly done: (outputs: Outputs) => void;
  readonly failed: (error: RenderError) => void;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  job: Job | null;
  timer: NodeJS.Timeout | null;
}

/** A few threads that run templates; each is ended when a template exceeds its limits. */
export class RenderPool {
  private readonly limits: RenderLimits;
  private readonly threads = new Set<Thread>();
  private readonly queue: Job[] = [];
  private lastId = 0;
  private closed = false;

  constructor(limits: RenderLimits = defaultRenderLimits) {
    this.limits = limits;
  }

  /** Runs the parts over one context. The context is cloned, frozen and plain. */
  async run(parts: Readonly<Record<string, TemplatePart>>, context: object): Promise<Outputs> {
    return new Promise((done, failed) => {
      if (this.closed) {
        failed(new RenderError('RENDERER_CLOSED', 'The renderer is closed.'));
        return;
      }
      this.queue.push({ id: ++this.lastId, parts, context, done, failed });
      this.assign();
    });
  }

  /** Ends all threads; what is still waiting is refused. */
  async close(): Promise<void> {
    this.closed = true;
    const refusal = new RenderError(
      'RENDERER_CLOSED',
      'The renderer was closed before this was rendered.',
    );
    for (const job of this.queue.splice(0)) job.failed(refusal);
    await Promise.all([...this.threads].map((thread) => this.end(thread, refusal)));
  }

  private assign(): void {
    for (const thread of this.threads) {
      if (this.queue.length === 0) return;
      if (thread.ready && thread.job === null) this.start(thread);
    }
    const starting = [...this.threads].filter((each) => !each.ready).length;
    if (this.queue.length > starting && this.threads.size < this.limits.threads) this.addThread();
  }

  private start(thread: Thread): void {
    const job = this.queue.shift();
    if (!job) return;
    thread.job = job;
    thread.worker.ref();
    this.watch(thread, this.limits.wallMs);
    try {
      thread.worker.postMessage({ id: job.id, parts: job.parts, context: job.context });
    } catch (cause) {
      this.finish(thread);
      job.failed(new RenderError('MODEL_REFUSED', 'The view model is not plain data.', { cause }));
    }
  }

  private addThread(): void {
    const worker = new Worker(new URL('./render-worker.mjs', import.meta.url), {
      workerData: { knownHelpers: [...knownHelpers], maxOutputBytes: this.limits.outputBytes },
      resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMb },
      env: {},
      execArgv: [],
    });
    const thread: Thread = { worker, ready: false, job: null, timer: null };
    this.threads.add(thread);
    this.watch(thread, this.limits.startMs);
    worker.on('message', (reply: Reply) => {
      this.hear(thread, reply);
    });
    worker.on('error', (error) => {
      void this.end(thread, failureOf(error));
    });
    worker.on('exit', () => {
      void this.end(thread, new RenderError('TEMPLATE_FAILED', 'The rendering thread ended.'));
    });
  }

  private hear(thread: Thread, reply: Reply): void {
    if ('ready' in reply) {
      thread.ready = true;
      this.finish(thread);
      return;
    }
    const job = thread.job;
    if (job?.id !== reply.id) return;
    if ('outputs' in reply) job.done(reply.outputs);
    else job.failed(new RenderError(reply.code, reply.problem));
    this.finish(thread);
  }

  private finish(thread: Thread): void {
    if (thread.timer) clearTimeout(thread.timer);
    thread.timer = null;
    thread.job = null;
    // an idle thread must not keep a process alive
    if (thread.ready) thread.worker.unref();
    this.assign();
  }

  private watch(thread: Thread, ms: number): void {
    if (thread.timer) clearTimeout(thread.timer);
    thread.timer = setTimeout(() => {
      void this.end(
        thread,
        new RenderError('TEMPLATE_TOO_SLOW', `Rendering took longer than ${ms} ms and was ended.`),
      );
    }, ms);
  }

  private async end(thread: Thread, why: RenderError): Promise<void> {
    if (!this.threads.delete(thread)) return;
    if (thread.timer) clearTimeout(thread.timer);
    thread.job?.failed(why);
    // a thread that never came up would otherwise be started again for ever
    if (!thread.ready) for (const job of this.queue.splice(0)) job.failed(why);
    await thread.worker.terminate();
    if (!this.closed) this.assign();
  }
}

function failureOf(error: unknown): RenderError {
  const outOfMemory =
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfMemory
    ? new RenderError(
        'TEMPLATE_OUT_OF_MEMORY',
        'Rendering needed more memory than it may use and was ended.',
      )
    : new RenderError('TEMPLATE_FAILED', 'The rendering thread failed.', { cause: error });
}
