import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { moment } from '../output/moment.ts';
import { describePlan } from '../output/plan.ts';
import { table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { readDocument } from '../read-document.ts';
import { noun, verb } from '../verb.ts';

type Cadence = components['schemas']['Cadence'];

interface Output {
  readonly json?: boolean;
}

/** `daymark cadences …`: when rollouts are due, and the next one as a plan. */
export function cadenceCommands(program: Command, cli: Cli): void {
  const cadences = noun(program, 'cadences', 'when rollouts are due, such as monthly');
  verb(cadences, {
    usage: 'list',
    does: 'list cadences with their next days',
    example: 'daymark cadences list',
  }).action(async (options: Output) => {
    print(cli, options, await contentOf(cli.api().GET('/v1/cadences')), ({ items }) =>
      orNothing(
        items.length === 0,
        () => listOf(items),
        'No cadence. "daymark cadences save" writes one down.',
      ),
    );
  });
  verb(cadences, {
    usage: 'show <name>',
    does: 'show a cadence as it is stored, and its next days',
    example: 'daymark cadences show monthly',
  }).action(async (name: string, options: Output) => {
    const call = cli.api().GET('/v1/cadences/{name}', { params: { path: { name } } });
    print(cli, options, await contentOf(call), (cadence) =>
      [JSON.stringify(cadence.document, null, 2), '', nextOf(cadence)].join('\n'),
    );
  });
  changingCommands(cadences, cli);
}

function changingCommands(cadences: Command, cli: Cli): void {
  verb(cadences, {
    usage: 'save <name> <file>',
    does: 'save a cadence (YAML or JSON) as a new revision',
    example: 'daymark cadences save monthly monthly.yaml',
  }).action(async (name: string, file: string, options: Output) => {
    const document = readDocument((await cli.readFile(file)).toString('utf8'), file);
    const call = { params: { path: { name } }, body: { document } };
    const saved = await contentOf(cli.api().PUT('/v1/cadences/{name}', call));
    print(cli, options, saved, (cadence) =>
      [`${name} is saved as revision ${cadence.revision}.`, nextOf(cadence)].join(' '),
    );
  });
  verb(cadences, {
    usage: 'propose <name> <change>',
    does: 'plan the next rollout of a cadence with this change; starts nothing',
    example: 'daymark cadences propose monthly 8.4.0',
  }).action(async (name: string, change: string, options: Output) => {
    const call = { params: { path: { name } }, body: { change } };
    const plan = await contentOf(cli.api().POST('/v1/cadences/{name}/propose', call));
    print(cli, options, plan, describePlan);
  });
}

function listOf(items: readonly Cadence[]): string {
  return table(items, {
    CADENCE: ({ name }) => name,
    TITLE: ({ title }) => title,
    NEXT: ({ nextDates }) => nextDates.slice(0, 3).join(', '),
    LAST: ({ last }) => last,
    SAVED: ({ savedAt, savedBy }) => `${moment(savedAt)} by ${savedBy}`,
  });
}

function nextOf({ nextDates }: Cadence): string {
  return nextDates.length === 0
    ? 'It has no day within the next two years.'
    : `The next days: ${nextDates.join(', ')}.`;
}
