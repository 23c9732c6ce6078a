import { type Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { moment } from '../output/moment.ts';
import { print } from '../print.ts';
import { list, verb } from '../verb.ts';

type ControlResult = components['schemas']['ControlResult'];

interface Options {
  readonly reason: string;
  readonly clients?: readonly string[];
  readonly tag?: string;
  readonly until?: string;
  readonly nextVersion?: string;
  readonly wait?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** The bulk verbs, each shown before it acts. */
type Act = (preview: 'true' | 'false') => Promise<ControlResult>;

/** The verbs that steer a running rollout. */
export function controlCommands(rollouts: Command, cli: Cli): void {
  verb(rollouts, {
    usage: 'pause <rollout>',
    does: 'nothing starts any more once this has answered; what was already dispatched is named',
    example: 'daymark rollouts pause 0199… --reason "support is short"',
  })
    .requiredOption('--reason <text>', 'why')
    .option('--no-wait', 'answer at once, although a start may be under way')
    .action((id: string, options: Options) => pauseRollout(cli, id, options));
  verb(rollouts, {
    usage: 'resume <rollout>',
    does: 'go on in the order of the plan',
    example: 'daymark rollouts resume 0199…',
  })
    .option('--reason <text>', 'why')
    .action(async (id: string, options: { reason?: string; json?: boolean }) => {
      const { reason } = options;
      const call = { params: { path: { id } }, body: reason === undefined ? {} : { reason } };
      const result = await contentOf(cli.api().POST('/v1/rollouts/{id}/resume', call));
      print(cli, options, result, () => 'The rollout goes on.');
    });
  verb(rollouts, {
    usage: 'stop <rollout>',
    does: 'end the rollout; who was told anything is told',
    example: 'daymark rollouts stop 0199… --reason "superseded by 8.3.1"',
  })
    .requiredOption('--reason <text>', 'why; clients read it')
    .option('--yes', 'do not ask')
    .action((id: string, options: Options) =>
      showThenAct(cli, options, (preview) =>
        contentOf(
          cli.api().POST('/v1/rollouts/{id}/stop', {
            params: { path: { id }, query: { preview } },
            body: { reason: options.reason },
          }),
        ),
      ),
    );
  holdCommands(rollouts, cli);
  clientCommands(rollouts, cli);
  settleCommand(rollouts, cli);
}

function holdCommands(rollouts: Command, cli: Cli): void {
  verb(rollouts, {
    usage: 'hold <rollout>',
    does: 'keep clients from starting until they are released',
    example: 'daymark rollouts hold 0199… --clients harbour --reason "their audit week"',
  })
    .option('--clients <keys>', 'these clients', list)
    .option('--tag <tag>', 'all clients with this tag')
    .option('--until <instant>', 'released by itself then, as 2026-12-01T09:00:00Z')
    .requiredOption('--reason <text>', 'why')
    .option('--yes', 'do not ask')
    .action((id: string, options: Options) => {
      const { reason, until } = options;
      const body = { reason, ...chosen(options), ...(until === undefined ? {} : { until }) };
      return showThenAct(cli, options, (preview) =>
        contentOf(
          cli.api().POST('/v1/rollouts/{id}/holds', {
            params: { path: { id }, query: { preview } },
            body,
          }),
        ),
      );
    });
  verb(rollouts, {
    usage: 'release <rollout>',
    does: 'release clients from their hold',
    example: 'daymark rollouts release 0199… --clients harbour',
  })
    .option('--clients <keys>', 'these clients', list)
    .option('--tag <tag>', 'all clients with this tag')
    .option('--yes', 'do not ask')
    .action((id: string, options: Options) =>
      showThenAct(cli, options, (preview) =>
        contentOf(
          cli.api().POST('/v1/rollouts/{id}/releases', {
            params: { path: { id }, query: { preview } },
            body: chosen(options),
          }),
        ),
      ),
    );
}

function clientCommands(rollouts: Command, cli: Cli): void {
  verb(rollouts, {
    usage: 'retry <rollout>',
    does: 'another attempt for clients whose deployment failed or has no known outcome',
    example: 'daymark rollouts retry 0199… --clients harbour --reason "disk was full"',
  })
    .requiredOption('--clients <keys>', 'these clients', list)
    .requiredOption('--reason <text>', 'why')
    .option('--yes', 'do not ask')
    .action((id: string, options: Options) => {
      const body = { clients: [...(options.clients ?? [])], reason: options.reason };
      return showThenAct(cli, options, (preview) =>
        contentOf(
          cli.api().POST('/v1/rollouts/{id}/retries', {
            params: { path: { id }, query: { preview } },
            body,
          }),
        ),
      );
    });
  verb(rollouts, {
    usage: 'skip <rollout>',
    does: 'take clients out of this rollout; who was told anything is told',
    example:
      'daymark rollouts skip 0199… --clients harbour --reason "they wait for 8.4" --next-version 8.4.0',
  })
    .requiredOption('--clients <keys>', 'these clients', list)
    .requiredOption('--reason <text>', 'why; clients read it')
    .option('--next-version <version>', 'the release in which they get it')
    .option('--yes', 'do not ask')
    .action((id: string, options: Options) => {
      const { reason, nextVersion } = options;
      const body = {
        clients: [...(options.clients ?? [])],
        reason,
        ...(nextVersion === undefined ? {} : { nextVersion }),
      };
      return showThenAct(cli, options, (preview) =>
        contentOf(
          cli.api().POST('/v1/rollouts/{id}/skips', {
            params: { path: { id }, query: { preview } },
            body,
          }),
        ),
      );
    });
}

function settleCommand(rollouts: Command, cli: Cli): void {
  verb(rollouts, {
    usage: 'settle <rollout> <key>',
    does: 'say how the newest deployment of a client ended: one done by hand, or one nobody knows about',
    example: 'daymark rollouts settle 0199… harbour --outcome succeeded --detail "swapped by hand"',
  })
    .addOption(
      new Option('--outcome <outcome>', 'how it ended')
        .choices(['succeeded', 'failed'])
        .makeOptionMandatory(),
    )
    .requiredOption('--detail <text>', 'how you know')
    .action((id: string, key: string, options: SettleOptions) => settle(cli, { id, key }, options));
}

interface SettleOptions {
  readonly outcome: 'succeeded' | 'failed';
  readonly detail: string;
  readonly json?: boolean;
}

async function settle(
  cli: Cli,
  { id, key }: { readonly id: string; readonly key: string },
  { outcome, detail, ...options }: SettleOptions,
): Promise<void> {
  const path = { params: { path: { id, key } } };
  const client = await contentOf(cli.api().GET('/v1/rollouts/{id}/clients/{key}', path));
  const [newest] = client.deployments;
  if (newest === undefined) {
    throw new CliFailure('refused', `Nothing was deployed to ${client.name} yet.`);
  }
  const call = {
    params: { path: { id, deploymentId: newest.id } },
    body: { outcome, detail },
  };
  const rollout = await contentOf(
    cli.api().POST('/v1/rollouts/{id}/deployments/{deploymentId}/settle', call),
  );
  print(
    cli,
    options,
    rollout,
    () => `Recorded: ${newest.build} on ${newest.site} of ${client.name} ${outcome}.`,
  );
}

async function pauseRollout(cli: Cli, id: string, options: Options): Promise<void> {
  const body = { reason: options.reason, ...(options.wait === false ? { wait: false } : {}) };
  const call = { params: { path: { id } }, body };
  const result = await contentOf(cli.api().POST('/v1/rollouts/{id}/pause', call));
  print(cli, options, result, ({ alreadyDispatched }) =>
    [
      'Paused: nothing starts any more.',
      ...alreadyDispatched.map(
        ({ client, site, since }) =>
          `Already dispatched: ${client}, ${site}, since ${moment(since)}`,
      ),
    ].join('\n'),
  );
}

/** Who is affected and which messages would leave is shown before anything happens. */
async function showThenAct(cli: Cli, options: Options, act: Act): Promise<void> {
  if (!options.yes) {
    const preview = await act('true');
    cli.tell(`${describe(preview)}\n`);
    if (preview.affected.length === 0) {
      throw new CliFailure('refused', 'Nobody is affected; nothing was changed.');
    }
    if (!(await cli.confirm('Go ahead?'))) {
      throw new CliFailure('refused', 'Nothing was changed. Without a terminal, say --yes.');
    }
  }
  const result = await act('false');
  print(cli, options, result, describe);
  if (result.affected.length === 0) throw new CliFailure('refused', 'Nobody was affected.');
}

function describe({ affected, refused, messages }: ControlResult): string {
  const names = affected.map(({ name }) => name).join(', ');
  return [
    `Clients: ${affected.length === 0 ? 'none' : names}`,
    ...messages.map(({ kind, count }) => `Messages: ${count} × ${kind}`),
    ...refused.map(({ key, why }) => `Not ${key}: ${why}`),
  ].join('\n');
}

function chosen({ clients, tag }: Options): { clients?: string[]; tag?: string } {
  if ((clients === undefined) === (tag === undefined)) {
    throw new CliFailure('usage', 'Name the clients by --clients or by --tag.');
  }
  return {
    ...(clients === undefined ? {} : { clients: [...clients] }),
    ...(tag === undefined ? {} : { tag }),
  };
}
