import type { Finding } from './finding.ts';
import { settingFindings } from './setting-findings.ts';
import { databaseFindings, temporalFindings } from './server-findings.ts';
import { installationEnvironment } from './installation-environment.ts';
import { zoneFindings } from './zone-findings.ts';

/** Looks at settings, zone data, database and Temporal without changing anything. */
export async function diagnose(
  environment: NodeJS.ProcessEnv,
  root: string,
): Promise<readonly Finding[]> {
  const effective = installationEnvironment(environment, root);
  const [database, temporal] = await Promise.all([
    databaseFindings(effective['DATABASE_URL'] ?? ''),
    temporalFindings(effective['TEMPORAL_ADDRESS'] ?? ''),
  ]);
  return [...settingFindings(effective), ...zoneFindings(), ...database, ...temporal];
}
