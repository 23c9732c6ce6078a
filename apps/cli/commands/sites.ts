import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { contentOf } from '../daymark-api.ts';
import { table } from '../output/table.ts';
import { print } from '../print.ts';
import { list, noun, verb } from '../verb.ts';

interface SurveyOptions {
  readonly clients?: readonly string[];
  readonly json?: boolean;
}

/** `daymark sites …` */
export function siteCommands(program: Command, cli: Cli): void {
  const sites = noun(program, 'sites', 'what runs at the clients');
  verb(sites, {
    usage: 'survey',
    does: 'read the build of every site; unknown ones are adopted as baselines',
    example: 'daymark sites survey --clients harbour,citadel',
  })
    .option('--clients <keys>', 'only these clients', list)
    .action((options: SurveyOptions) => survey(cli, options));
}

async function survey(cli: Cli, options: SurveyOptions): Promise<void> {
  cli.tell('Reading the sites …\n');
  const body = options.clients === undefined ? {} : { clients: [...options.clients] };
  const result = await contentOf(cli.api().POST('/v1/sites/survey', { body }));
  print(cli, options, result, ({ items, summary }) =>
    [
      table(items, {
        CLIENT: ({ client }) => client,
        SITE: ({ site }) => site,
        VERSION: ({ version }) => version,
        READING: ({ verdict }) => verdict,
        NOTE: ({ adopted, drift, detail }) =>
          drift ? `differs from the record: ${detail}` : adopted ? 'adopted as a baseline' : detail,
      }),
      '',
      summary,
    ].join('\n'),
  );
}
