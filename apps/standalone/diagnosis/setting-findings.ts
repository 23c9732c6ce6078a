import { isSettingName, settings } from '../../../integrations/environment/setting-names.ts';
import type { Finding } from './finding.ts';

/** Every setting that is set, secrets masked, and every name that nobody knows. */
export function settingFindings(environment: NodeJS.ProcessEnv): readonly Finding[] {
  const known = Object.entries(settings).flatMap(([name, { isSecret }]): readonly Finding[] => {
    const value = environment[name];
    if (value === undefined || value === '') return [];
    return [{ verdict: 'fine', about: name, says: isSecret ? '(set, not shown)' : value }];
  });
  const unknown = Object.keys(environment)
    .filter((name) => name.startsWith('DAYMARK_') && !isSettingName(name))
    .map((name): Finding => ({ verdict: 'wrong', about: name, says: 'there is no such setting' }));
  return [...known, ...unknown];
}
