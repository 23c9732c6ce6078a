import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { moment } from '../output/moment.ts';
import { facts, table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { noun, verb } from '../verb.ts';

type Vendor = components['schemas']['Vendor'];
type Deployer = components['schemas']['Deployer'];

interface DeployerOptions {
  readonly kind: Deployer['kind'];
  readonly url?: string;
  readonly secret?: string;
  readonly lookUpUrl?: string;
  readonly command?: string;
  readonly capability?: Deployer['capability'];
  readonly maxInFlight?: string;
  readonly json?: boolean;
}

/** `daymark live …`, `deployers …` and `doctor`: what the whole installation does. */
export function installationCommands(program: Command, cli: Cli): void {
  liveCommands(program, cli);
  deployerCommands(program, cli);
  verb(program, {
    usage: 'doctor',
    does: 'check settings, schema, Temporal, zone data (beside an installation also its own processes)',
    example: 'daymark doctor',
  }).action(async (options: { json?: boolean }) => {
    const installation = await contentOf(cli.api().GET('/v1/doctor'));
    const zones = await contentOf(cli.api().GET('/v1/zone-data'));
    print(cli, options, { ...installation, zones }, (doctor) =>
      [
        facts({
          Schema: doctor.schema,
          Temporal: `${doctor.temporal.address}: ${doctor.temporal.reachable ? 'reachable' : doctor.temporal.detail}`,
          'Zone data': `${doctor.zoneData}; the API’s runtime has ${zones.runtime}${differingWords(zones)}`,
          'Dates ahead': [zones.summary, ...zones.moved.map(({ text }) => text)].join('\n'),
          'Wakes owed': doctor.wakesOwed,
          Durability: `fsync ${doctor.durability.fsync}, synchronous_commit ${doctor.durability.synchronousCommit}`,
        }),
        '',
        table(doctor.settings, {
          SETTING: ({ name }) => name,
          VALUE: ({ value }) => value,
          MEANING: ({ meaning }) => meaning,
        }),
      ].join('\n'),
    );
  });
}

function differingWords({ differing }: components['schemas']['ZoneData']): string {
  if (differing.length === 0) return ', which agrees';
  return `, which differs for ${differing.map(({ zone }) => zone).join(', ')} and is not used`;
}

function liveCommands(program: Command, cli: Cli): void {
  const live = noun(program, 'live', 'whether clients get messages, or only their owners do');
  verb(live, { usage: 'show', does: 'say whether it is on', example: 'daymark live show' }).action(
    async (options: { json?: boolean }) => {
      print(cli, options, await contentOf(cli.api().GET('/v1/vendor')), describeLive);
    },
  );
  for (const position of ['on', 'off'] as const) {
    verb(live, {
      usage: position,
      does:
        position === 'on'
          ? 'from now on clients get messages; nothing is sent by the switch itself'
          : 'from now on only the clients’ owners get messages, and nothing starts',
      example: `daymark live ${position} --reason "sites surveyed, contacts checked"`,
    })
      .requiredOption('--reason <text>', 'why')
      .action(async (options: { reason: string; json?: boolean }) => {
        const body = { on: position === 'on', reason: options.reason };
        print(
          cli,
          options,
          await contentOf(cli.api().POST('/v1/vendor/live', { body })),
          describeLive,
        );
      });
  }
}

function describeLive({ live }: Vendor): string {
  const since = `since ${moment(live.changedAt)}, switched by ${live.changedBy}`;
  return live.on ? `Clients get messages, ${since}.` : `Only owners get messages, ${since}.`;
}

function deployerCommands(program: Command, cli: Cli): void {
  const deployers = noun(program, 'deployers', 'what brings builds to sites');
  verb(deployers, {
    usage: 'list',
    does: 'list deployers',
    example: 'daymark deployers list',
  }).action(async (options: { json?: boolean }) => {
    print(cli, options, await contentOf(cli.api().GET('/v1/deployers')), ({ items }) =>
      orNothing(
        items.length === 0,
        () =>
          table(items, {
            DEPLOYER: ({ name }) => name,
            KIND: ({ kind }) => kind,
            TARGET: ({ url, command }) => url ?? command,
            'AFTER UNKNOWN': ({ capability }) => capability,
            'AT ONCE': ({ maxInFlight }) => maxInFlight,
            NOTE: ({ disabledReason }) => disabledReason,
          }),
        'No deployer yet. "daymark deployers save" adds one.',
      ),
    );
  });
  verb(deployers, {
    usage: 'save <name>',
    does: 'add a deployer or change one',
    example:
      'daymark deployers save fleet --kind webhook --url https://… --secret env:FLEET_SECRET',
  })
    .requiredOption('--kind <kind>', 'webhook, command or manual')
    .option('--url <url>', 'where a webhook deployer is asked')
    .option('--secret <secret>', 'whsec_…, or env:NAME for one that only the worker knows')
    .option('--look-up-url <url>', 'where an operation is looked up; {key} stands for its key')
    .option('--command <name>', 'a program named in the worker’s configuration')
    .option('--capability <capability>', 'key, label or none: what an unknown outcome may lead to')
    .option('--max-in-flight <count>', 'deployments at once')
    .action((name: string, options: DeployerOptions) => saveDeployer(cli, name, options));
  verb(deployers, {
    usage: 'test <name>',
    does: 'make a call that changes nothing',
    example: 'daymark deployers test fleet',
  }).action(async (name: string, options: { json?: boolean }) => {
    const call = cli.api().POST('/v1/deployers/{name}/test', { params: { path: { name } } });
    const result = await contentOf(call);
    print(
      cli,
      options,
      result,
      ({ passed, detail }) => `${passed ? 'Passed' : 'Failed'}: ${detail}`,
    );
    if (!result.passed) process.exitCode = 1;
  });
}

async function saveDeployer(cli: Cli, name: string, options: DeployerOptions): Promise<void> {
  const { kind, url, secret, lookUpUrl, command, capability, maxInFlight } = options;
  const body = {
    kind,
    ...(url === undefined ? {} : { url }),
    ...(secret === undefined ? {} : { secret }),
    ...(lookUpUrl === undefined ? {} : { lookUpUrl }),
    ...(command === undefined ? {} : { command }),
    ...(capability === undefined ? {} : { capability }),
    ...(maxInFlight === undefined ? {} : { maxInFlight: Number(maxInFlight) }),
  };
  const call = { params: { path: { name } }, body };
  const saved = await contentOf(cli.api().PUT('/v1/deployers/{name}', call));
  print(
    cli,
    options,
    saved,
    () => `Deployer ${name} is saved. Try it: daymark deployers test ${name}`,
  );
}
