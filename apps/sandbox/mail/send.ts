import { acceptMessage, type Envelope } from './accept-message.ts';
import { parseAddresses } from './addresses.ts';
import { isRecord, isRefusal, metadataOf } from './check-message.ts';
import type { Exchange } from './exchange.ts';
import { isStored, sendFaults, type FaultName, type Subject } from './faults.ts';
import type { MailWorld } from './mail-world.ts';
import { failSend, type SendCall } from './send-failures.ts';

const maxBatch = 500;
const mb = 1024 * 1024;
const faultNames = Object.keys(sendFaults) as FaultName[];

/** `POST /email` */
export async function sendOne(
  world: MailWorld,
  exchange: Exchange,
  isTest: boolean,
): Promise<void> {
  const input = parseJson(exchange.body);
  if (input === undefined) {
    exchange.refuse(422, 402, 'Invalid JSON');
    return;
  }
  if (Buffer.byteLength(exchange.body) > 10 * mb) {
    exchange.refuse(413, 0, 'The message is larger than 10 MB.');
    return;
  }
  await send(world, {
    exchange,
    subjects: [subjectOfInput(input)],
    accept: async () => {
      const result = await acceptMessage(world, input, isTest ? 'test' : 'single');
      return isRefusal(result)
        ? { status: result.status, body: { ErrorCode: result.code, Message: result.message } }
        : { status: 200, body: result };
    },
  });
}

/** `POST /email/batch`: always 200, in the order of the items; a refused item has no `To`. */
export async function sendBatch(
  world: MailWorld,
  exchange: Exchange,
  isTest: boolean,
): Promise<void> {
  const items = parseJson(exchange.body);
  if (!Array.isArray(items)) {
    exchange.refuse(422, 402, 'Invalid JSON');
    return;
  }
  if (items.length > maxBatch) {
    exchange.refuse(
      422,
      410,
      `A batch may hold up to ${maxBatch} messages; this one holds ${items.length}.`,
    );
    return;
  }
  await send(world, {
    exchange,
    subjects: items.map(subjectOfInput),
    accept: async () => ({
      status: 200,
      body: await acceptAll(world, items, isTest ? 'test' : 'batch'),
    }),
  });
}

async function send(world: MailWorld, call: SendCall): Promise<void> {
  const fault = takeFault(world, call.subjects);
  if (!fault) {
    await answer(call);
    return;
  }
  call.exchange.fault = fault.fault;
  const accepted = isStored(fault) ? await call.accept() : undefined;
  await failSend(world, call, fault, accepted);
}

function takeFault(world: MailWorld, subjects: readonly Subject[]) {
  for (const subject of subjects) {
    const fault = world.faults.take(faultNames, subject);
    if (fault) return fault;
  }
  return undefined;
}

async function answer({ exchange, accept }: SendCall): Promise<void> {
  const { status, body } = await accept();
  if (status === 200) exchange.json(200, body);
  else exchange.json(status, body, { 'X-PM-ApiErrorCode': errorCodeOf(body) });
}

async function acceptAll(
  world: MailWorld,
  items: readonly unknown[],
  envelope: Envelope,
): Promise<readonly object[]> {
  const results: object[] = [];
  for (const item of items) {
    const result = await acceptMessage(world, item, envelope);
    results.push(isRefusal(result) ? { ErrorCode: result.code, Message: result.message } : result);
  }
  return results;
}

function errorCodeOf(body: object): string {
  return 'ErrorCode' in body ? String(body.ErrorCode) : '0';
}

function subjectOfInput(input: unknown): Subject {
  if (!isRecord(input)) return { recipients: [] };
  const recipients = ['To', 'Cc', 'Bcc'].flatMap((field) => {
    const value = input[field];
    const parsed = parseAddresses(typeof value === 'string' ? value : '');
    return 'unreadable' in parsed ? [] : parsed.map(({ Email }) => Email);
  });
  const { Tag } = input as { Tag?: unknown };
  return {
    did: metadataOf(input)['did'],
    tag: typeof Tag === 'string' ? Tag : undefined,
    recipients,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
