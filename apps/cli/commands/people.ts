import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { moment } from '../output/moment.ts';
import { table } from '../output/table.ts';
import { print } from '../print.ts';
import { noun, verb } from '../verb.ts';

type Role = components['schemas']['Staff']['role'];

/** `daymark staff …` and `daymark tokens …` */
export function peopleCommands(program: Command, cli: Cli): void {
  staffCommands(program, cli);
  tokenCommands(program, cli);
}

function staffCommands(program: Command, cli: Cli): void {
  const staff = noun(program, 'staff', 'who may sign in');
  verb(staff, { usage: 'list', does: 'list accounts', example: 'daymark staff list' }).action(
    async (options: { json?: boolean }) => {
      print(cli, options, await contentOf(cli.api().GET('/v1/staff')), ({ items }) =>
        table(items, {
          ID: ({ id }) => id,
          NAME: ({ name }) => name,
          'E-MAIL': ({ email }) => email,
          ROLE: ({ role, mayControl }) => (mayControl ? `${role}, may control` : role),
          NOTE: ({ disabledAt }) => (disabledAt === null ? null : `disabled ${moment(disabledAt)}`),
        }),
      );
    },
  );
  verb(staff, {
    usage: 'add <email>',
    does: 'add an account; the password is read from standard input',
    example: 'daymark staff add ana@vendor.example --name "Ana Roy" --role pm < password.txt',
  })
    .requiredOption('--name <name>', 'as colleagues know them')
    .requiredOption('--role <role>', 'pm, support or admin')
    .option('--may-control', 'may pause, hold and resume')
    .action(
      async (
        email: string,
        options: { name: string; role: Role; mayControl?: true; json?: boolean },
      ) => {
        const { name, role, mayControl } = options;
        const password = await readPassword(cli);
        const body = { email, name, role, password, ...(mayControl ? { mayControl } : {}) };
        const added = await contentOf(cli.api().POST('/v1/staff', { body }));
        print(cli, options, added, () => `${name} may sign in as ${email}.`);
      },
    );
  verb(staff, {
    usage: 'disable <id>',
    does: 'end an account and its sessions',
    example: 'daymark staff disable 0199…',
  }).action(async (id: string, options: { json?: boolean }) => {
    const call = cli.api().POST('/v1/staff/{id}/disable', { params: { path: { id } } });
    print(cli, options, await contentOf(call), ({ name }) => `${name} cannot sign in any more.`);
  });
}

/** A password on the command line would be read by everybody on the machine. */
async function readPassword(cli: Cli): Promise<string> {
  for await (const line of cli.readInput()) return line;
  throw new CliFailure('usage', 'Give the password as the first line of standard input.');
}

function tokenCommands(program: Command, cli: Cli): void {
  const tokens = noun(program, 'tokens', 'what programs use instead of a password');
  verb(tokens, { usage: 'list', does: 'list tokens', example: 'daymark tokens list' }).action(
    async (options: { json?: boolean }) => {
      print(cli, options, await contentOf(cli.api().GET('/v1/tokens')), ({ items }) =>
        table(items, {
          ID: ({ id }) => id,
          NAME: ({ name }) => name,
          ROLE: ({ role }) => role,
          'LAST USED': ({ lastUsedAt }) => moment(lastUsedAt),
          NOTE: ({ revokedAt }) => (revokedAt === null ? null : `revoked ${moment(revokedAt)}`),
        }),
      );
    },
  );
  verb(tokens, {
    usage: 'create <name>',
    does: 'make a token; it is shown this once',
    example: 'daymark tokens create ci --role ci',
  })
    .requiredOption('--role <role>', 'ci, pm, support or admin')
    .action(async (name: string, options: { role: Role | 'ci'; json?: boolean }) => {
      const body = { name, role: options.role };
      const made = await contentOf(cli.api().POST('/v1/tokens', { body }));
      print(cli, options, made, ({ token }) => `${token}\nKeep it now: it is not shown again.`);
    });
  verb(tokens, {
    usage: 'revoke <id>',
    does: 'end a token',
    example: 'daymark tokens revoke 0199…',
  }).action(async (id: string, options: { json?: boolean }) => {
    const call = cli.api().POST('/v1/tokens/{id}/revoke', { params: { path: { id } } });
    print(cli, options, await contentOf(call), ({ name }) => `Token ${name} is revoked.`);
  });
}
