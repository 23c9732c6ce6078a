import type { Progress } from './display/progress.ts';
import { demandCurrentSchema, prepareDatabase } from './database/prepare-database.ts';
import { answersAt, answersWell, logSays } from './parts/answers.ts';
import { nodePart, type Program } from './parts/node-part.ts';
import { postgresPart } from './parts/postgres-part.ts';
import { temporalPart, temporalProgram } from './parts/temporal-part.ts';
import { accountForPostgres } from './postgres/binaries.ts';
import { sandboxEnvironment, serverEnvironment, type Installation } from './program-settings.ts';
import { StartProblem, type Part } from './supervision/part.ts';
import { openProcessRecords, type ProcessRecords } from './supervision/process-records.ts';
import type { Supervisor } from './supervision/supervisor.ts';

/** Starts or adopts every part that is not replaced, in the order in which they need each other. */
export async function startEverything(
  installation: Installation,
  { supervisor, progress }: { readonly supervisor: Supervisor; readonly progress: Progress },
): Promise<void> {
  const { directory, replaced } = installation;
  // What somebody else runs is looked at first, before anything of ours is started in vain.
  if (replaced.databaseUrl !== null) await demandCurrentSchema(replaced.databaseUrl);
  if (replaced.temporalAddress !== null) await demandTemporal(replaced.temporalAddress);
  const records = openProcessRecords(directory.processes);
  await supervisor.start(await outerParts(installation, records, progress));
  await prepareDatabase(installation);
  await supervisor.start(serverParts(installation, records));
}

async function outerParts(
  installation: Installation,
  records: ProcessRecords,
  progress: Progress,
): Promise<readonly Part[]> {
  const { root, directory, ports, secrets, replaced } = installation;
  const parts: Part[] = [];
  if (replaced.databaseUrl === null) {
    const account = accountForPostgres();
    const { postgresPassword: password } = secrets;
    parts.push(postgresPart({ directory, port: ports.postgres, password, account }));
  }
  if (replaced.temporalAddress === null) {
    const executable = await temporalProgram(root, (line) => {
      progress.show('temporal', line);
    });
    const { temporal: port, temporalUi: uiPort } = ports;
    parts.push(temporalPart({ directory, executable, port, uiPort, records }));
  }
  if (replaced.postmarkToken === null) {
    parts.push(nodePart({ root, directory, records }, sandboxProgram(installation)));
  }
  return parts;
}

function serverParts(installation: Installation, records: ProcessRecords): readonly Part[] {
  const { root, directory, ports } = installation;
  const environment = serverEnvironment(installation);
  // A worker that was told to log only trouble does not say when it is ready.
  const isSilent = ['warn', 'error'].includes(environment['DAYMARK_LOG_LEVEL'] ?? '');
  const programs: readonly Program[] = [
    {
      name: 'worker',
      script: 'dist/apps/worker/main.js',
      environment,
      ports: [],
      isReady: (said) => Promise.resolve(isSilent || logSays('The worker is ready', said)),
    },
    {
      name: 'api',
      script: 'dist/apps/api/main.js',
      environment,
      ports: [ports.api],
      isReady: () => answersWell(`http://127.0.0.1:${ports.api}/readyz`),
    },
  ];
  return programs.map((program) => nodePart({ root, directory, records }, program));
}

function sandboxProgram(installation: Installation): Program {
  const { mail, deployer, sites } = installation.ports;
  return {
    name: 'sandbox',
    script: 'dist/apps/sandbox/main.js',
    environment: sandboxEnvironment(installation),
    ports: [mail, deployer, ...sites],
    // The deployer is the last of its parts to listen.
    isReady: () => answersWell(`http://127.0.0.1:${deployer}/readyz`),
  };
}

async function demandTemporal(address: string): Promise<void> {
  if (await answersAt(address)) return;
  throw new StartProblem(`No Temporal answers at ${address} (TEMPORAL_ADDRESS).`);
}
