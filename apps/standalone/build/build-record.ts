import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `dist/` was made from: a hash for each compiled file and each bigger part. */
export interface BuildRecord {
  /** Whether a part was made from other contents than these files have now, or never. */
  readonly isStale: (part: string, files: readonly string[]) => boolean;
  readonly keep: (part: string, files: readonly string[]) => void;
  /** Every part that was ever kept. */
  readonly parts: () => readonly string[];
  readonly forget: (part: string) => void;
  readonly save: () => void;
}

/** Opens the record. One made with other tools or other packages counts for nothing. */
export function openBuildRecord(root: string): BuildRecord {
  const file = join(root, 'dist', '.made-from.json');
  const tools = hashOfFiles(root, [
    'package-lock.json',
    'apps/standalone/build/compile-server.ts',
    'apps/standalone/build/workflow-bundle.ts',
    'apps/worker/workflow-bundle.ts',
    'apps/standalone/build/web.ts',
  ]);
  const before = readRecord(file);
  const hashes = new Map(before?.tools === tools ? Object.entries(before.hashes) : []);
  let isChanged = before?.tools !== tools;
  return {
    isStale: (part, files) => hashes.get(part) !== hashOfFiles(root, files),
    keep: (part, files) => {
      hashes.set(part, hashOfFiles(root, files));
      isChanged = true;
    },
    parts: () => [...new Set([...hashes.keys(), ...Object.keys(before?.hashes ?? {})])],
    forget: (part) => {
      hashes.delete(part);
      isChanged = true;
    },
    save: () => {
      if (!isChanged) return;
      writeFileSync(`${file}.new`, JSON.stringify({ tools, hashes: Object.fromEntries(hashes) }));
      renameSync(`${file}.new`, file);
    },
  };
}

interface Saved {
  readonly tools: string;
  readonly hashes: Readonly<Record<string, string>>;
}

function readRecord(file: string): Saved | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Saved;
  } catch {
    return null;
  }
}

function hashOfFiles(root: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}
