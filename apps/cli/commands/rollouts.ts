import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { localMoment, moment } from '../output/moment.ts';
import { facts, table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { noun, verb } from '../verb.ts';
import { requestCommands } from './client-requests.ts';
import { controlCommands } from './rollout-control.ts';
import { moveCommand } from './move-date.ts';
import { planCommands } from './plans.ts';
import { rehearseCommand } from './rehearse.ts';
import { watchRollout } from './watch-rollout.ts';

type Rollout = components['schemas']['Rollout'];
type ClientRow = components['schemas']['ClientRow'];

interface StatusOptions {
  readonly state?: ClientRow['state'];
  readonly cohort?: string;
  readonly json?: boolean;
}

/** `daymark rollouts …` */
export function rolloutCommands(program: Command, cli: Cli): void {
  const rollouts = noun(program, 'rollouts', 'plan, start, follow and steer rollouts');
  verb(rollouts, {
    usage: 'list',
    does: 'list rollouts, newest first',
    example: 'daymark rollouts list --json',
  }).action((options: { json?: boolean }) => listRollouts(cli, options));
  planCommands(rollouts, cli);
  moveCommand(rollouts, cli);
  requestCommands(rollouts, cli);
  rehearseCommand(rollouts, cli);
  verb(rollouts, {
    usage: 'status <rollout>',
    does: 'each client: its state, why it does not start yet, and when next',
    example: 'daymark rollouts status 0199… --state scheduled',
  })
    .option('--state <state>', 'only clients in this state')
    .option('--cohort <name>', 'only clients of this cohort')
    .action((id: string, options: StatusOptions) => showStatus(cli, id, options));
  verb(rollouts, {
    usage: 'client <rollout> <key>',
    does: 'the story of one client in a rollout',
    example: 'daymark rollouts client 0199… harbour',
  }).action((id: string, key: string, options: { json?: boolean }) =>
    showClient(cli, id, key, options),
  );
  verb(rollouts, {
    usage: 'watch <rollout>',
    does: 'print the story as it happens, until the rollout ends or Ctrl-C',
    example: 'daymark rollouts watch 0199…',
  }).action((id: string, options: { json?: boolean }) => watchRollout(cli, id, options));
  controlCommands(rollouts, cli);
}

async function listRollouts(cli: Cli, options: { readonly json?: boolean }): Promise<void> {
  print(cli, options, await contentOf(cli.api().GET('/v1/rollouts')), ({ items }) =>
    orNothing(
      items.length === 0,
      () =>
        table(items, {
          ROLLOUT: ({ id }) => id,
          NAME: ({ name }) => name,
          STATE: ({ state }) => state,
          DONE: ({ done, total }) => `${done} of ${total}`,
          ATTENTION: ({ attention }) => attention,
          'LAST SLOT': ({ lastSlot }) => moment(lastSlot),
        }),
      'No rollout yet. "daymark rollouts plan" makes a plan to start from.',
    ),
  );
}

async function showStatus(cli: Cli, id: string, options: StatusOptions): Promise<void> {
  const { state, cohort } = options;
  const query = {
    ...(state === undefined ? {} : { state }),
    ...(cohort === undefined ? {} : { cohort }),
  };
  const path = { id };
  const [rollout, clients] = await Promise.all([
    contentOf(cli.api().GET('/v1/rollouts/{id}', { params: { path } })),
    contentOf(cli.api().GET('/v1/rollouts/{id}/clients', { params: { path, query } })),
  ]);
  print(cli, options, { rollout, clients: clients.items }, () =>
    [describeRollout(rollout), '', describeClients(clients.items)].join('\n'),
  );
}

function describeRollout(rollout: Rollout): string {
  const reason = rollout.stateReason === null ? '' : `: ${rollout.stateReason}`;
  return [
    facts({
      Rollout: `${rollout.name} (${rollout.id})`,
      State: `${rollout.state}${reason}`,
      Next:
        rollout.next.at === null
          ? rollout.next.text
          : `${rollout.next.text}, ${moment(rollout.next.at)}`,
      Cohorts: rollout.cohorts
        .map(({ name, state, done, total }) => `${name} ${state} ${done}/${total}`)
        .join(' · '),
    }),
    rollout.sentence,
  ].join('\n');
}

function describeClients(rows: readonly ClientRow[]): string {
  return orNothing(
    rows.length === 0,
    () =>
      table(rows, {
        CLIENT: ({ key }) => key,
        COHORT: ({ cohort }) => cohort,
        STATE: ({ stateWords }) => stateWords,
        SLOT: ({ slotLocal, zone }) => localMoment(slotLocal, zone),
        'WHY NOT YET': ({ whyNot, reason }) =>
          whyNot.map((gate) => gate.reason).join('; ') || reason,
        'WHEN NEXT': ({ nextAt, nextText }) => (nextAt === null ? nextText : moment(nextAt)),
      }),
    'No client fits.',
  );
}

async function showClient(
  cli: Cli,
  id: string,
  key: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const path = { id, key };
  const call = cli.api().GET('/v1/rollouts/{id}/clients/{key}', { params: { path } });
  print(cli, options, await contentOf(call), (client) =>
    [
      facts({
        Client: `${client.name} (${client.key})`,
        State:
          client.reason === null ? client.stateWords : `${client.stateWords}: ${client.reason}`,
        Slot: localMoment(client.slotLocal, client.zone),
        Next:
          client.nextAt === null ? client.nextText : `${client.nextText}, ${moment(client.nextAt)}`,
        Hold: client.hold === null ? null : `${client.hold.reason} (${client.hold.by})`,
      }),
      ...client.whyNot.map(({ gate, reason }) => `  ${gate}: ${reason}`),
      '',
      ...client.story.map(({ at, actor, text }) => `${moment(at)}  ${text} (${actor})`),
    ].join('\n'),
  );
}
