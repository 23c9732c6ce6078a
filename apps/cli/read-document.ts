import { parse } from 'yaml';
import { CliFailure } from './cli-failure.ts';

/** Reads the document that a file holds, YAML or JSON; what it must say is judged by the server. */
export function readDocument(text: string, file: string): Record<string, Record<string, never>> {
  try {
    const read: unknown = parse(text);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as never;
  } catch (error) {
    throw new CliFailure('usage', `${file} is neither YAML nor JSON: ${(error as Error).message}`);
  }
  throw new CliFailure('usage', `${file} holds no document.`);
}
