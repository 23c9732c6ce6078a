import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { contentOf } from '../daymark-api.ts';
import { moment } from '../output/moment.ts';
import { table } from '../output/table.ts';
import { print } from '../print.ts';
import { readDocument } from '../read-document.ts';
import { noun, verb } from '../verb.ts';

/** `daymark policies …` */
export function policyCommands(program: Command, cli: Cli): void {
  const policies = noun(program, 'policies', 'the rules for each kind of change');
  verb(policies, { usage: 'list', does: 'list policies', example: 'daymark policies list' }).action(
    async (options: { json?: boolean }) => {
      print(cli, options, await contentOf(cli.api().GET('/v1/policies')), ({ items }) =>
        table(items, {
          POLICY: ({ name }) => name,
          TITLE: ({ title }) => title,
          REVISION: ({ revision }) => revision,
          SAVED: ({ savedAt, savedBy }) => `${moment(savedAt)} by ${savedBy}`,
        }),
      );
    },
  );
  verb(policies, {
    usage: 'show <name>',
    does: 'show a policy as it is stored',
    example: 'daymark policies show hotfix',
  }).action(async (name: string, options: { json?: boolean }) => {
    const call = cli.api().GET('/v1/policies/{name}', { params: { path: { name } } });
    print(cli, options, await contentOf(call), ({ document }) => JSON.stringify(document, null, 2));
  });
  verb(policies, {
    usage: 'save <name> <file>',
    does: 'save a policy (YAML or JSON) as a new revision; running rollouts keep theirs',
    example: 'daymark policies save hotfix hotfix.yaml',
  }).action(async (name: string, file: string, options: { json?: boolean }) => {
    const document = readDocument((await cli.readFile(file)).toString('utf8'), file);
    const call = { params: { path: { name } }, body: { document } };
    const saved = await contentOf(cli.api().PUT('/v1/policies/{name}', call));
    print(cli, options, saved, ({ revision }) => `${name} is saved as revision ${revision}.`);
  });
}
