import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { moment } from '../output/moment.ts';
import { facts, table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { noun, verb } from '../verb.ts';

type MessageDetail = components['schemas']['MessageDetail'];

/** `daymark approvals …`, `messages …` and `attention …`: what waits for an answer, and what left. */
export function inboxCommands(program: Command, cli: Cli): void {
  approvalCommands(program, cli);
  messageCommands(program, cli);
  attentionCommands(program, cli);
}

function approvalCommands(program: Command, cli: Cli): void {
  const approvals = noun(program, 'approvals', 'what clients were asked');
  verb(approvals, {
    usage: 'list',
    does: 'list open questions with their deadlines',
    example: 'daymark approvals list',
  }).action(async (options: { json?: boolean }) => {
    const call = cli.api().GET('/v1/approvals', { params: { query: { state: 'open' } } });
    print(cli, options, await contentOf(call), ({ items }) =>
      orNothing(
        items.length === 0,
        () =>
          table(items, {
            ROUND: ({ roundId }) => roundId,
            CLIENT: ({ client }) => client.name,
            BUILD: ({ build }) => build,
            CONSENT: ({ consent }) => consent,
            DEADLINE: ({ deadline }) => moment(deadline),
            APPROVERS: ({ approvers }) => approvers.map(({ email }) => email).join(', '),
          }),
        'No question is open.',
      ),
    );
  });
  verb(approvals, {
    usage: 'record <round>',
    does: 'record an answer given by phone, in your own name',
    example:
      'daymark approvals record 0199… --decision approve --contact ana@client.example --reason "called at 10:40"',
  })
    .requiredOption('--decision <decision>', 'approve or reject')
    .requiredOption('--contact <e-mail>', 'who answered')
    .requiredOption('--reason <text>', 'how and when they said so')
    .option('--comment <text>', 'what they said')
    .action(
      async (
        roundId: string,
        options: {
          decision: 'approve' | 'reject';
          contact: string;
          reason: string;
          comment?: string;
          json?: boolean;
        },
      ) => {
        const { decision, contact, reason, comment } = options;
        const body = {
          decision,
          contactEmail: contact,
          reason,
          ...(comment === undefined ? {} : { comment }),
        };
        const call = { params: { path: { roundId } }, body };
        const round = await contentOf(cli.api().POST('/v1/approvals/{roundId}/record', call));
        print(cli, options, round, ({ state }) => `Recorded: ${state}.`);
      },
    );
}

function messageCommands(program: Command, cli: Cli): void {
  const messages = noun(program, 'messages', 'the outbox: each message and what became of it');
  verb(messages, {
    usage: 'list',
    does: 'list messages, newest first',
    example: 'daymark messages list --status needs_human',
  })
    .option('--status <status>', 'only messages in this state')
    .option('--kind <kind>', 'only messages of this kind')
    .action(
      async (options: { status?: MessageDetail['status']; kind?: string; json?: boolean }) => {
        const { status, kind } = options;
        const query = {
          ...(status === undefined ? {} : { status }),
          ...(kind === undefined ? {} : { kind }),
        };
        const page = await contentOf(cli.api().GET('/v1/messages', { params: { query } }));
        print(cli, options, page, ({ items }) =>
          orNothing(
            items.length === 0,
            () =>
              table(items, {
                MESSAGE: ({ id }) => id,
                KIND: ({ kind: is }) => is,
                TO: ({ to }) => to,
                SUBJECT: ({ subject }) => subject,
                STATE: ({ statusWords }) => statusWords,
                SINCE: ({ statusSince }) => moment(statusSince),
              }),
            'No message fits.',
          ),
        );
      },
    );
  verb(messages, {
    usage: 'show <message>',
    does: 'show a message as it was sent, without its personal link',
    example: 'daymark messages show 0199…',
  }).action(async (id: string, options: { json?: boolean }) => {
    const call = cli.api().GET('/v1/messages/{id}', { params: { path: { id } } });
    print(cli, options, await contentOf(call), describeMessage);
  });
  decisionCommands(messages, cli);
}

/** What a person decides about a mail that may or may not have arrived. */
function decisionCommands(messages: Command, cli: Cli): void {
  const decisions = {
    resend: 'send it once more, as a new message; only when it surely did not arrive',
    'mark-sent': 'record that it did arrive',
    drop: 'let it be: it is not sent any more',
  } as const;
  for (const [decision, does] of Object.entries(decisions)) {
    verb(messages, {
      usage: `${decision} <message>`,
      does,
      example: `daymark messages ${decision} 0199… --reason "the client confirmed by phone"`,
    })
      .requiredOption('--reason <text>', 'why')
      .action(async (id: string, options: { reason: string; json?: boolean }) => {
        const path = `/v1/messages/{id}/${decision as keyof typeof decisions}` as const;
        const call = { params: { path: { id } }, body: { reason: options.reason } };
        const message = await contentOf(cli.api().POST(path, call));
        print(cli, options, message, ({ statusWords }) => `The message is now: ${statusWords}.`);
      });
  }
}

function describeMessage(message: MessageDetail): string {
  return [
    facts({
      Kind: message.kind,
      To: `${message.toName} <${message.to}>`,
      Subject: message.subject,
      State: `${message.statusWords} (${moment(message.statusSince)})`,
      'Sent to the client': message.live ? 'yes' : 'no: client mail was not live',
      'Last error': message.lastError,
    }),
    '',
    message.text,
    ...message.events.map(({ at, text }) => `${moment(at)}  ${text}`),
  ].join('\n');
}

function attentionCommands(program: Command, cli: Cli): void {
  const attention = noun(program, 'attention', 'what only a person can decide');
  verb(attention, {
    usage: 'list',
    does: 'list what waits for a person, oldest first',
    example: 'daymark attention list',
  }).action(async (options: { json?: boolean }) => {
    print(cli, options, await contentOf(cli.api().GET('/v1/attention')), ({ items }) =>
      orNothing(
        items.length === 0,
        () =>
          items
            .map(
              ({ id, text, raisedAt, owner, actions }) =>
                `${id}  ${moment(raisedAt)}  ${owner ?? 'nobody yet'}\n  ${text}\n` +
                `  Actions: ${actions.join(', ') || 'resolve'}`,
            )
            .join('\n\n'),
        'Nothing waits for a person.',
      ),
    );
  });
  verb(attention, {
    usage: 'resolve <item>',
    does: 'settle an item, saying how',
    example: 'daymark attention resolve 0199… --resolution "the client has a new address"',
  })
    .requiredOption('--resolution <text>', 'what was done')
    .action(async (id: string, options: { resolution: string; json?: boolean }) => {
      const call = { params: { path: { id } }, body: { resolution: options.resolution } };
      const item = await contentOf(cli.api().POST('/v1/attention/{id}/resolve', call));
      print(cli, options, item, () => 'Settled.');
    });
}
