import { isSettingName } from '../../integrations/environment/setting-names.ts';
import { StartProblem } from './supervision/part.ts';

/** The embedded parts that somebody replaced by their own; absent ones are embedded. */
export interface ReplacedParts {
  readonly databaseUrl: string | null;
  readonly temporalAddress: string | null;
  readonly postmarkToken: string | null;
}

/**
 * Reads what is not to be embedded.
 * @throws StartProblem naming every `DAYMARK_*` variable that no part of Daymark knows.
 */
export function readReplacedParts(environment: NodeJS.ProcessEnv): ReplacedParts {
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('DAYMARK_') && !isSettingName(name),
  );
  if (unknown.length > 0) {
    throw new StartProblem(unknown.map((name) => `${name}: there is no such setting`).join('\n'));
  }
  return {
    databaseUrl: given(environment['DATABASE_URL']),
    temporalAddress: given(environment['TEMPORAL_ADDRESS']),
    postmarkToken: given(environment['POSTMARK_SERVER_TOKEN']),
  };
}

/** The names of the variables that replace something. */
export function namesOfReplaced(parts: ReplacedParts): readonly string[] {
  const names = {
    DATABASE_URL: parts.databaseUrl,
    TEMPORAL_ADDRESS: parts.temporalAddress,
    POSTMARK_SERVER_TOKEN: parts.postmarkToken,
  };
  return Object.entries(names).flatMap(([name, value]) => (value === null ? [] : [name]));
}

function given(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
