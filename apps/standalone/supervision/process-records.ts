import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A process that was started for a part, and a digest of what it was started with. */
export interface ProcessRecord {
  readonly pid: number;
  readonly startedWith: string;
}

/** Who was started for which part; kept on disk for the one who comes after a kill. */
export interface ProcessRecords {
  readonly read: (part: string) => ProcessRecord | null;
  readonly write: (part: string, record: ProcessRecord | null) => void;
}

/** Opens the records of a data folder. */
export function openProcessRecords(file: string): ProcessRecords {
  const records = new Map(Object.entries(readAll(file)));
  return {
    read: (part) => records.get(part) ?? null,
    write: (part, record) => {
      if (record) records.set(part, record);
      else records.delete(part);
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(records)));
      renameSync(`${file}.new`, file);
    },
  };
}

function readAll(file: string): Readonly<Record<string, ProcessRecord>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, ProcessRecord>>;
  } catch {
    return {};
  }
}
