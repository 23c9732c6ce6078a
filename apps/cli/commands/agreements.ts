import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { confirmEffect } from '../output/confirm-effect.ts';
import { describeEffect } from '../output/effect.ts';
import { table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { noun, verb, wholeNumber } from '../verb.ts';

type Agreement = components['schemas']['Agreement'];

interface AddOptions {
  readonly source: string;
  readonly owner: string;
  readonly since?: string;
  readonly expires?: string;
  readonly notForCritical?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `daymark agreements …`: what a client agreed that differs from the policy. */
export function agreementCommands(program: Command, cli: Cli): void {
  const agreements = noun(
    program,
    'agreements',
    'what clients agreed that differs from the policy',
  );
  verb(agreements, {
    usage: 'list <client>',
    does: 'list the agreements with a client, also those that are over',
    example: 'daymark agreements list north',
  }).action(async (key: string, options: { json?: boolean }) => {
    const call = cli.api().GET('/v1/clients/{key}/agreements', { params: { path: { key } } });
    print(cli, options, await contentOf(call), ({ items }) =>
      orNothing(
        items.length === 0,
        () => listOf(items),
        'No agreement. "daymark agreements add" writes one down.',
      ),
    );
  });
  addCommands(agreements, cli);
  endCommand(agreements, cli);
}

interface EndOptions {
  readonly reason?: string;
  readonly show?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

function endCommand(agreements: Command, cli: Cli): void {
  verb(agreements, {
    usage: 'end <id>',
    does: 'end an agreement from now on; shows first whom it would move, and asks',
    example: 'daymark agreements end 0199… --reason "the freeze was lifted by phone"',
  })
    .option('--reason <text>', 'why; needed to end it')
    .option('--show', 'only show whom it would move; nothing is changed')
    .option('--yes', 'end it without asking')
    .action(async (id: string, options: EndOptions) => {
      const path = { params: { path: { id } } };
      const { reason } = options;
      if (reason === undefined && !options.show) {
        throw new CliFailure('usage', 'Say why it ends by --reason, or look first by --show.');
      }
      const effect = await contentOf(cli.api().GET('/v1/agreements/{id}/end/effect', path));
      if (reason === undefined || options.show) {
        print(cli, options, effect, describeEffect);
        return;
      }
      await confirmEffect(cli, effect, { ...options, question: 'End it?' });
      const call = { ...path, body: { reason } };
      const ended = await contentOf(cli.api().POST('/v1/agreements/{id}/end', call));
      print(cli, options, ended, ({ title, client }) => `Ended for ${client}: ${title}.`);
    });
}

function addCommands(agreements: Command, cli: Cli): void {
  add(agreements, 'freeze', 'no production for some time', {
    example: '--from 2026-12-20T00:00 --to 2027-01-20T00:00 --reason stocktaking',
  })
    .requiredOption('--from <local>', 'its begin on the client’s clock')
    .requiredOption('--to <local>', 'its end')
    .requiredOption('--reason <text>', 'why, as plans name it')
    .action((key: string, options: AddOptions & { from: string; to: string; reason: string }) => {
      const { from, to, reason } = options;
      return addAgreement(cli, key, { kind: 'freeze', from, to, reason }, options);
    });
  add(agreements, 'calendar', 'allowed times of its own instead of the vendor’s', {
    example: '--file sundays.yaml',
    days: true,
  })
    .requiredOption('--file <file>', 'the calendar (YAML or JSON)')
    .action(async (key: string, options: AddOptions & { file: string }) => {
      const yaml = (await cli.readFile(options.file)).toString('utf8');
      await addAgreement(cli, key, { kind: 'calendar', yaml }, options);
    });
  add(agreements, 'lead', 'how long before the date it is told', {
    example: '--business-days 10',
    days: true,
  })
    .requiredOption('--business-days <n>', 'in its business days', wholeNumber)
    .action((key: string, options: AddOptions & { businessDays: number }) => {
      const lead = { businessDays: options.businessDays };
      return addAgreement(cli, key, { kind: 'lead', lead }, options);
    });
  add(agreements, 'consent', 'inform, object or approve', {
    example: '--consent approve',
    days: true,
  })
    .requiredOption('--consent <consent>', 'inform, object or approve; the stricter one counts')
    .action((key: string, options: AddOptions & { consent: 'inform' | 'object' | 'approve' }) =>
      addAgreement(cli, key, { kind: 'consent', consent: options.consent }, options),
    );
  add(agreements, 'moves', 'how it may move its own date', {
    example: '--times 2 --notice-hours 48 --latest-days 10',
    days: true,
  })
    .requiredOption('--times <n>', 'how often', wholeNumber)
    .requiredOption('--notice-hours <n>', 'how long before the date', wholeNumber)
    .requiredOption('--latest-days <n>', 'how many days later at most', wholeNumber)
    .action(
      (
        key: string,
        options: AddOptions & Record<'times' | 'noticeHours' | 'latestDays', number>,
      ) => {
        const { times, noticeHours, latestDays } = options;
        const terms = { kind: 'moves', times, noticeHours, latestDays } as const;
        return addAgreement(cli, key, terms, options);
      },
    );
}

function add(
  agreements: Command,
  kind: string,
  does: string,
  { example, days = false }: { readonly example: string; readonly days?: boolean },
): Command {
  const command = verb(agreements, {
    usage: `add-${kind} <client>`,
    does: `write down an agreement: ${does}; shows first whom it would move, and asks`,
    example: `daymark agreements add-${kind} north ${example} --source "call on 24 November" --owner Dana`,
  })
    .requiredOption('--source <text>', 'where it can be looked up: a contract, a mail, a call')
    .requiredOption('--owner <name>', 'who answers for it at the vendor')
    .option('--not-for-critical', 'leave it aside for critical hotfixes')
    .option('--yes', 'write it down without asking');
  if (!days) return command;
  return command
    .option('--since <date>', 'the first day it holds on (default: today)')
    .option('--expires <date>', 'the last day it holds on (default: until it is ended)');
}

type Terms =
  | { readonly kind: 'freeze'; readonly from: string; readonly to: string; readonly reason: string }
  | { readonly kind: 'calendar'; readonly yaml: string }
  | { readonly kind: 'lead'; readonly lead: { readonly businessDays: number } }
  | { readonly kind: 'consent'; readonly consent: 'inform' | 'object' | 'approve' }
  | {
      readonly kind: 'moves';
      readonly times: number;
      readonly noticeHours: number;
      readonly latestDays: number;
    };

async function addAgreement(
  cli: Cli,
  key: string,
  terms: Terms,
  options: AddOptions,
): Promise<void> {
  const { source, owner, since, expires, notForCritical } = options;
  const body = {
    ...terms,
    source,
    owner,
    ...(notForCritical ? { bindsCritical: false } : {}),
    ...(since === undefined ? {} : { since }),
    ...(expires === undefined ? {} : { expires }),
  };
  const call = { params: { path: { key } }, body };
  const effect = await contentOf(cli.api().POST('/v1/clients/{key}/agreements/effect', call));
  await confirmEffect(cli, effect, { ...options, question: 'Write it down?' });
  const made = await contentOf(cli.api().POST('/v1/clients/{key}/agreements', call));
  print(cli, options, made, ({ title, client }) => `Agreed with ${client}: ${title}.`);
}

function listOf(items: readonly Agreement[]): string {
  return table(items, {
    ID: ({ id }) => id,
    AGREEMENT: ({ title }) => title,
    SINCE: ({ since }) => since,
    UNTIL: ({ expires }) => expires,
    SOURCE: ({ source }) => source,
    OWNER: ({ owner }) => owner,
    ENDED: ({ ended }) => (ended === null ? null : `by ${ended.by}: ${ended.reason}`),
  });
}
