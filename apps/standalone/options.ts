import { parseArgs } from 'node:util';

/** What a start was asked for. The bootstrap has checked it already. */
export interface StartOptions {
  /** Null: the usual folder, or with `once` a fresh one. */
  readonly data: string | null;
  readonly once: boolean;
  readonly json: boolean;
}

/** Reads the options of a start. */
export function readStartOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      once: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  return { data: values.data ?? null, once: values.once, json: values.json };
}
