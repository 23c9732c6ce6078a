import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import { localMoment } from '../output/moment.ts';
import { table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { verb } from '../verb.ts';

interface MoveOptions {
  readonly to?: string;
  readonly offers?: true;
  readonly json?: boolean;
}

/** The verb that gives a client the date somebody chose. */
export function moveCommand(rollouts: Command, cli: Cli): void {
  verb(rollouts, {
    usage: 'move <rollout> <client>',
    does: 'give a client the date it wishes, or show the dates it can have',
    example: 'daymark rollouts move 0199… harbour --offers',
  })
    .option('--to <instant>', 'the start, with Z or an offset')
    .option('--offers', 'show the dates that can be had; moves nothing')
    .action((id: string, key: string, options: MoveOptions) => move(cli, { id, key }, options));
}

async function move(
  cli: Cli,
  path: { readonly id: string; readonly key: string },
  options: MoveOptions,
): Promise<void> {
  const { to, offers } = options;
  if ((to === undefined) === (offers === undefined)) {
    throw new CliFailure('usage', 'Say either --to with a start, or --offers.');
  }
  if (to === undefined) {
    const call = { params: { path, query: {} } };
    const found = await contentOf(cli.api().GET('/v1/rollouts/{id}/clients/{key}/offers', call));
    print(cli, options, found, ({ items }) =>
      orNothing(
        items.length === 0,
        () =>
          table(items, {
            START: ({ start }) => start,
            'AT THE CLIENT': ({ localStart }) => localStart,
            FREE: ({ free }) => free,
          }),
        'No other date can be had.',
      ),
    );
    return;
  }
  const call = { params: { path }, body: { start: to, by: 'person' as const } };
  const chosen = await contentOf(cli.api().POST('/v1/rollouts/{id}/clients/{key}/date', call));
  print(cli, options, chosen, ({ localStart }) => {
    const when = localMoment(localStart, 'at the client');
    return `${path.key} has its new date: ${when}. Whoever was told the old one is told again.`;
  });
}
