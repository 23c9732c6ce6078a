import { type Command, InvalidArgumentError } from 'commander';
import type { Cli } from '../cli.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { moment } from '../output/moment.ts';
import { facts, table } from '../output/table.ts';
import { print } from '../print.ts';
import { verb, wholeNumber } from '../verb.ts';

type Rehearsal = components['schemas']['Rehearsal'];

interface Options {
  readonly seed: number;
  readonly runs: number;
  readonly failures?: number;
  readonly silence?: number;
  readonly json?: boolean;
}

/** `daymark rollouts rehearse` */
export function rehearseCommand(rollouts: Command, cli: Cli): void {
  verb(rollouts, {
    usage: 'rehearse <plan>',
    does: 'let a plan happen many times, with silence, failures and slow previews; nothing starts by it',
    example: 'daymark rollouts rehearse 0199… --runs 500',
  })
    .option('--seed <number>', 'the same seed gives the same rehearsal', wholeNumber, 1)
    .option('--runs <number>', 'how many times', wholeNumber, 200)
    .option('--failures <percent>', 'suppose that many deployments fail', percent)
    .option('--silence <percent>', 'suppose that many clients never answer', percent)
    .action(async (id: string, options: Options) => {
      const { seed, runs, failures, silence } = options;
      const body = {
        seed,
        runs,
        ...(failures !== undefined && { failurePercent: failures }),
        ...(silence !== undefined && { silencePercent: silence }),
      };
      const call = { params: { path: { id } }, body };
      const rehearsal = await contentOf(cli.api().POST('/v1/plans/{id}/rehearsal', call));
      print(cli, options, rehearsal, inWords);
    });
}

function inWords(rehearsal: Rehearsal): string {
  const { completion, verified, busiestHour, messages, timeline, sources, sentence } = rehearsal;
  const orNever = (at: string | null): string => (at === null ? 'not within a year' : moment(at));
  return [
    sentence,
    '',
    facts({
      Runs: `${rehearsal.runs}, seed ${rehearsal.seed}, ${rehearsal.completeRuns} complete`,
      'Half complete by': orNever(completion.p50),
      'Nine of ten by': orNever(completion.p90),
      Verified: `${verified.median} of ${rehearsal.clients} (${verified.min} to ${verified.max})`,
      'Busiest hour': busiestHour === null ? 'none' : moment(busiestHour.start),
      Mails: messages.map(({ kind, count }) => `${kind} ${count}`).join(', ') || 'none',
    }),
    '',
    table(timeline, { WHEN: ({ at }) => moment(at), WHAT: ({ text }) => text }),
    '',
    'Supposed:',
    ...sources.map((source) => `  ${source}`),
  ].join('\n');
}

function percent(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError('Write a number from 0 to 100.');
}
