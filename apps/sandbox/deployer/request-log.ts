import { join } from 'node:path';
import { openJournal } from './journal.ts';

/** One request as it arrived; `status` is null until it was answered, and stays so when it never was. */
export interface LoggedRequest {
  readonly number: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  readonly webhookId: string | null;
  readonly bodyHash: string | null;
  readonly status: number | null;
}

type Line =
  | { readonly kind: 'arrived'; readonly request: LoggedRequest }
  | { readonly kind: 'answered'; readonly number: number; readonly status: number };

/** Every request that reached the deployer, without its signature. */
export interface RequestLog {
  readonly arrived: (request: Omit<LoggedRequest, 'number' | 'status'>) => number;
  readonly answered: (number: number, status: number) => void;
  readonly list: () => readonly LoggedRequest[];
  readonly close: () => void;
}

/** Opens the log in a folder and goes on where it ended. */
export function openRequestLog(folder: string): RequestLog {
  const journal = openJournal<Line>(join(folder, 'requests.jsonl'), { durable: false });
  const requests: LoggedRequest[] = [];

  function apply(line: Line): void {
    if (line.kind === 'arrived') {
      requests.push(line.request);
      return;
    }
    const index = line.number - 1;
    const request = requests[index];
    if (request) requests[index] = { ...request, status: line.status };
  }

  let isOpen = true;
  function record(line: Line): void {
    // The answer to a call that was cut by closing comes after the file is closed.
    if (!isOpen) return;
    journal.append(line);
    apply(line);
  }

  for (const line of journal.earlier) apply(line);
  return {
    arrived: (request) => {
      const number = requests.length + 1;
      record({ kind: 'arrived', request: { number, ...request, status: null } });
      return number;
    },
    answered: (number, status) => {
      record({ kind: 'answered', number, status });
    },
    list: () => requests,
    close: () => {
      isOpen = false;
      journal.close();
    },
  };
}
