import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A file of JSON lines that only grows. */
export interface Journal<Line> {
  /** What was on disk when the journal was opened. */
  readonly earlier: readonly Line[];
  readonly append: (line: Line) => void;
  readonly close: () => void;
}

/** Opens a journal; with `durable` a line is on the disk itself before `append` returns. */
export function openJournal<Line>(path: string, options: { durable: boolean }): Journal<Line> {
  mkdirSync(dirname(path), { recursive: true });
  // Only this journal writes the file, so its lines have the type it writes.
  const earlier = readWhole(path) as readonly Line[];
  const file = openSync(path, 'a');
  return {
    earlier,
    append: (line) => {
      writeSync(file, `${JSON.stringify(line)}\n`);
      if (options.durable) fsyncSync(file);
    },
    close: () => {
      closeSync(file);
    },
  };
}

// A process killed inside a write leaves half a line: nobody was told of it, so it is cut off.
function readWhole(path: string): readonly unknown[] {
  if (!existsSync(path)) return [];
  const content = readFileSync(path);
  const end = content.lastIndexOf(0x0a) + 1;
  if (end < content.length) truncateSync(path, end);
  const lines = content.subarray(0, end).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
}
