import { api, take } from '../api/client.ts';
import { changedMeanwhile } from '../api/problem.ts';
import type { Policy } from '../api/types.ts';

/** Makes a policy keep to another calendar, unless somebody saved another revision since it was read. */
export async function keepPolicyTo(
  calendar: string,
  { name, revision }: Pick<Policy, 'name' | 'revision'>,
): Promise<Policy> {
  const params = { path: { name } };
  const newest = await take(api.GET('/v1/policies/{name}', { params }));
  if (newest.revision !== revision) throw changedMeanwhile(newest);
  const document = { ...newest.document, calendar };
  return await take(api.PUT('/v1/policies/{name}', { params, body: { document } }));
}

/** The calendar that a policy keeps to; null = none. */
export function calendarOf({ document }: Pick<Policy, 'document'>): string | null {
  const { calendar } = document;
  return typeof calendar === 'string' ? calendar : null;
}
