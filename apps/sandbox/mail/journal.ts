import { mkdir, open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

interface Pending {
  readonly line: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * An append-only file of JSON lines. An entry is on the disk before `append` answers, because
 * the outside world does not forget a mail when we kill it. Without a folder nothing is kept.
 */
export class Journal<Entry> {
  readonly #file: FileHandle | undefined;
  #pending: Pending[] = [];
  #writing: Promise<void> | undefined;

  private constructor(file: FileHandle | undefined) {
    this.#file = file;
  }

  /** Opens the journal of a folder and reads what it holds; a torn last line was never promised and goes. */
  static async open<Entry>(
    dataDir: string | undefined,
  ): Promise<{ readonly journal: Journal<Entry>; readonly entries: readonly Entry[] }> {
    if (dataDir === undefined) return { journal: new Journal<Entry>(undefined), entries: [] };
    await mkdir(dataDir, { recursive: true });
    const filePath = path.join(dataDir, 'mail.jsonl');
    const entries = await readEntries<Entry>(filePath);
    return { journal: new Journal<Entry>(await open(filePath, 'a')), entries };
  }

  append(entry: Entry): Promise<void> {
    if (!this.#file) return Promise.resolve();
    return new Promise((done, failed) => {
      this.#pending.push({ line: `${JSON.stringify(entry)}\n`, done, failed });
      this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file?.close();
  }

  /** Whoever came while the disk was busy shares the next write. */
  async #writeAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#file?.appendFile(batch.map(({ line }) => line).join(''));
        await this.#file?.datasync();
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
  }
}

async function readEntries<Entry>(filePath: string): Promise<readonly Entry[]> {
  const bytes = await readFile(filePath).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (!bytes) return [];
  const wholeLength = bytes.lastIndexOf(0x0a) + 1;
  if (wholeLength < bytes.length) await truncate(filePath, wholeLength);
  const lines = bytes.subarray(0, wholeLength).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry);
}
