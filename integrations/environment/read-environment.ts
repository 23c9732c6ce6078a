import type { z } from 'zod';
import { problemOfProxySetting } from '../outgoing-http/proxy-setting.ts';
import { isSettingName, type SettingName } from './setting-names.ts';

/** Variables as a process gets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that are missing, wrong or unknown, each on a line of its own and without its value. */
export class SettingsProblem extends Error {
  override readonly name = 'SettingsProblem';
}

/**
 * Reads the settings a process asks for; a variable that is set to nothing counts as not set.
 * @throws SettingsProblem naming every variable that is missing or wrong, and every `DAYMARK_*` name nobody knows.
 */
export function readSettings<Shape extends Readonly<Partial<Record<SettingName, z.ZodType>>>>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => describe(issue, given)),
    ...Object.keys(environment)
      .filter((name) => name.startsWith('DAYMARK_') && !isSettingName(name))
      .map((name) => `${name}: there is no such setting`),
    problemOfProxySetting(environment) ?? [],
  ].flat();
  if (!parsed.success || problems.length > 0) throw new SettingsProblem(problems.join('\n'));
  return parsed.data;
}

/** Messages never repeat a value; zod's own name only what was expected. */
function describe(issue: z.core.$ZodIssue, given: Environment): string {
  const name = String(issue.path[0]);
  return given[name] === undefined ? `${name}: is missing` : `${name}: ${issue.message}`;
}
