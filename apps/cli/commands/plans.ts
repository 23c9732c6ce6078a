import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { describePlan } from '../output/plan.ts';
import { table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { list, verb } from '../verb.ts';

type Plan = components['schemas']['Plan'];

interface PlanOptions {
  readonly policy?: string;
  readonly tags?: readonly string[];
  readonly clients?: readonly string[];
  readonly reporters?: true;
  readonly name?: string;
  readonly like?: string;
  readonly json?: boolean;
}

/** The verbs from a change to a started rollout, and from missed slots to new ones. */
export function planCommands(rollouts: Command, cli: Cli): void {
  verb(rollouts, {
    usage: 'plan <change>',
    does: 'plan a rollout: every date for every client, or why there is none; starts nothing',
    example: 'daymark rollouts plan 8.3.0 --tags pilot,staged',
  })
    .option('--policy <name>', 'instead of the one that fits the change')
    .option('--tags <tags>', 'clients with any of these tags', list)
    .option('--clients <keys>', 'these clients', list)
    .option('--reporters', 'clients that reported it')
    .option('--name <name>', 'what the rollout will be called')
    .option('--like <rollout>', 'take over cohorts, policy and clients of this rollout')
    .action((change: string, options: PlanOptions) => makePlan(cli, change, options));
  verb(rollouts, {
    usage: 'show-plan <plan>',
    does: 'show a plan again',
    example: 'daymark rollouts show-plan 0199…',
  }).action(async (id: string, options: { json?: boolean }) => {
    const path = { id };
    print(
      cli,
      options,
      await contentOf(cli.api().GET('/v1/plans/{id}', { params: { path } })),
      describePlan,
    );
  });
  verb(rollouts, {
    usage: 'start <plan>',
    does: 'start exactly the plan that was shown',
    example: 'daymark rollouts start 0199… --hash 3f2a…',
  })
    .requiredOption('--hash <hash>', 'the hash that came with the plan')
    .option('--name <name>', 'what the rollout is called')
    .action((planId: string, options: { hash: string; name?: string; json?: boolean }) =>
      startPlan(cli, planId, options),
    );
  planAgainCommands(rollouts, cli);
}

function planAgainCommands(rollouts: Command, cli: Cli): void {
  verb(rollouts, {
    usage: 'plan-again <rollout>',
    does: 'find new dates for clients that missed theirs; applies nothing',
    example: 'daymark rollouts plan-again 0199… --reason "the deployer was down"',
  })
    .option('--clients <keys>', 'these clients instead of all that missed', list)
    .option('--all', 'whoever must move; everybody else keeps its date')
    .requiredOption('--reason <text>', 'why; it is told to who must be told again')
    .action(
      (
        id: string,
        options: { clients?: readonly string[]; all?: true; reason: string; json?: boolean },
      ) => planAgain(cli, id, options),
    );
  verb(rollouts, {
    usage: 'apply <rollout> <plan>',
    does: 'apply new dates; who was told the old ones is told again',
    example: 'daymark rollouts apply 0199… 0199… --hash 3f2a…',
  })
    .requiredOption('--hash <hash>', 'the hash that came with the plan')
    .action(async (id: string, planId: string, options: { hash: string; json?: boolean }) => {
      const call = { params: { path: { id, planId } }, body: { hash: options.hash } };
      const rollout = await contentOf(
        cli.api().POST('/v1/rollouts/{id}/plans/{planId}/apply', call),
      );
      print(cli, options, rollout, ({ sentence }) => `The new dates are in force. ${sentence}`);
    });
}

async function makePlan(cli: Cli, change: string, options: PlanOptions): Promise<void> {
  const { policy, tags, clients, reporters, name } = options;
  const chosen = {
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(clients === undefined ? {} : { keys: [...clients] }),
    ...(reporters ? { reporters } : {}),
  };
  const body = {
    change,
    ...(policy === undefined ? {} : { policy }),
    ...(Object.keys(chosen).length === 0 ? {} : { clients: chosen }),
    ...(name === undefined ? {} : { name }),
    ...(options.like === undefined ? {} : { like: options.like }),
  };
  const plan = await contentOf(cli.api().POST('/v1/plans', { body }));
  print(cli, options, plan, describePlan);
  if (plan.clients.every(({ placed, kept }) => !placed && !kept)) {
    throw new CliFailure(
      'refused',
      'No client can be placed; nothing can be started from this plan.',
    );
  }
}

async function startPlan(
  cli: Cli,
  planId: string,
  options: { readonly hash: string; readonly name?: string; readonly json?: boolean },
): Promise<void> {
  const { hash, name } = options;
  const body = { planId, hash, ...(name === undefined ? {} : { name }) };
  const rollout = await contentOf(cli.api().POST('/v1/rollouts', { body }));
  print(
    cli,
    options,
    rollout,
    ({ id }) => `Rollout ${id} has started. Follow it: daymark rollouts watch ${id}`,
  );
}

async function planAgain(
  cli: Cli,
  id: string,
  options: {
    readonly clients?: readonly string[];
    readonly all?: true;
    readonly reason: string;
    readonly json?: boolean;
  },
): Promise<void> {
  const { clients, reason } = options;
  const others = options.all ? ('all' as const) : ('missed' as const);
  const body = { reason, clients: clients === undefined ? others : [...clients] };
  const call = { params: { path: { id } }, body };
  const plan = await contentOf(cli.api().POST('/v1/rollouts/{id}/plans', call));
  print(cli, options, plan, () =>
    [
      describeDifference(plan),
      '',
      `Nothing is applied yet. Apply it: daymark rollouts apply ${id} ${plan.id} --hash ${plan.hash}`,
    ].join('\n'),
  );
}

function describeDifference({ difference }: Plan): string {
  const moves = difference?.moves ?? [];
  return orNothing(
    moves.length === 0,
    () =>
      table(moves, {
        CLIENT: ({ name }) => name,
        FROM: ({ fromLocal }) => fromLocal,
        TO: ({ toLocal }) => toLocal,
        'TOLD AGAIN': ({ toldAgain }) => (toldAgain ? 'yes' : 'no'),
        WHY: ({ reason }) => reason,
      }),
    'Nobody has to move.',
  );
}
