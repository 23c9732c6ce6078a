import type { Cli } from './cli.ts';

/** Prints an answer: as JSON when asked, else as people read it. */
export function print<Answer>(
  cli: Cli,
  options: { readonly json?: boolean },
  answer: Answer,
  forPeople: (answer: Answer) => string,
): void {
  cli.write(options.json ? `${JSON.stringify(answer, null, 2)}\n` : `${forPeople(answer)}\n`);
}

/** A list of nothing says so, and what to do first. */
export function orNothing(isEmpty: boolean, text: () => string, nothing: string): string {
  return isEmpty ? nothing : text();
}
