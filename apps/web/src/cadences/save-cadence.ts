import { api, take } from '../api/client.ts';
import { changedMeanwhile } from '../api/problem.ts';
import type { Cadence } from '../api/types.ts';
import type { CadenceDocument } from './cadence-document.ts';

/** Saves a revision of a cadence, unless somebody saved another since it was read; 0 = none was there. */
export async function saveCadence(order: {
  readonly name: string;
  readonly document: CadenceDocument;
  readonly seenRevision: number;
}): Promise<Cadence> {
  const { name, document, seenRevision } = order;
  const params = { path: { name } };
  if (seenRevision > 0) {
    const newest = await take(api.GET('/v1/cadences/{name}', { params }));
    if (newest.revision !== seenRevision) throw changedMeanwhile(newest);
  }
  return await take(
    api.PUT('/v1/cadences/{name}', { params, body: { document: { ...document } } }),
  );
}
