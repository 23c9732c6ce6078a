import type { DaymarkApi } from './daymark-api.ts';

/** What every command is handed. */
export interface Cli {
  /** Connects at its first use: offline commands need no Daymark. */
  readonly api: () => DaymarkApi;
  readonly connection: () => { readonly url: string; readonly token: string };
  readonly write: (text: string) => void;
  /** For progress and questions; programs do not read it. */
  readonly tell: (text: string) => void;
  readonly isTerminal: boolean;
  /** The present, in epoch milliseconds. */
  readonly now: () => number;
  /** Asks a person; without a terminal nobody can be asked. */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly readInput: () => AsyncIterable<string>;
  readonly readFile: (path: string) => Promise<Buffer>;
  readonly signal: AbortSignal;
}
