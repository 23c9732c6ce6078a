import { Client, Connection } from '@temporalio/client';
import { z } from 'zod';
import {
  duplicatesOf,
  planRollout,
  startRollout,
  until,
  untilAllDone,
} from '../support/running-rollout.ts';
import { startSystem, type TestSystem } from '../support/system.ts';
import { temporalServer, type TestNamespace } from '../support/temporal.ts';
import { untilMailSettled } from './attend.ts';
import { askedAtEase, informedOnly } from './quick-policy.ts';

let temporal: TestNamespace;
let system: TestSystem;

beforeAll(async () => {
  temporal = await temporalServer();
  system = await startSystem({ workMs: 300, temporal });
}, 540_000);

afterAll(async () => {
  await system.close();
}, 180_000);

it('starts one rollout when two people start the same plan at once', async () => {
  const { planId, hash } = await planRollout(system, {
    clients: ['harbour', 'citadel'],
    policy: informedOnly,
  });
  const starts = await Promise.all(['first', 'second'].map((who) => startOnce(planId, hash, who)));

  const [won] = starts.filter(({ status }) => status === 201);
  const [refused] = starts.filter(({ status }) => status !== 201);
  expect(starts.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(refused?.body.code).toMatch(/^[A-Z_]+$/);
  const { id: rolloutId } = z.object({ id: z.string() }).parse(won?.body);
  await untilAllDone(system, rolloutId);
  expect(await system.outside.effectsOf(rolloutId)).toHaveLength(4);
  expect(await duplicatesOf(system, rolloutId)).toEqual({ messages: 0, deployments: 0 });
}, 360_000);

it('writes no token, key, password or address into logs, and no token into histories or rows', async () => {
  const clients = ['lakeshore', 'vieux-port'];
  const rollout = await startRollout(system, { clients, policy: askedAtEase });
  await untilAllDone(system, rollout.rolloutId);
  await untilMailSettled(system, rollout);

  const links = await approvalTokens(rollout.rolloutId);
  const tokens = [...links, system.secrets.token];
  const { mailToken, webhookSecret, deployerSecret, secret, passwords } = system.secrets;
  const secrets = [
    ...tokens,
    mailToken,
    webhookSecret,
    deployerSecret,
    secret,
    ...Object.values(passwords),
  ];
  const logs = [system.apiProgram, ...system.workers].map((each) => each.log()).join('\n');
  const addresses = [...(await contactAddresses()), 'pm@daymark.example'];
  const histories = await allHistories();
  const rows = await allRows();

  expect(links.length).toBeGreaterThan(2);
  expect(logs).toContain('The worker is ready');
  expect(found(logs, [...secrets, ...addresses])).toEqual([]);
  expect(histories).toContain('preparePreview');
  expect(found(histories, [...secrets, ...addresses])).toEqual([]);
  expect(rows).toContain(rollout.rolloutId);
  expect(found(rows, [...tokens, mailToken, secret, ...Object.values(passwords)])).toEqual([]);
}, 360_000);

async function startOnce(planId: string, hash: string, key: string) {
  const response = await fetch(`${system.addresses.daymark}/v1/rollouts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${system.secrets.token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({ planId, hash }),
  });
  const body = (await response.json()) as { readonly id?: string; readonly code?: string };
  return { status: response.status, body };
}

/** The secret part of every approval link that was mailed. */
async function approvalTokens(rolloutId: string): Promise<readonly string[]> {
  const { messages } = z
    .object({ messages: z.array(z.object({ id: z.string() })) })
    .parse(await system.control('mail', 'GET', `/messages?rollout=${rolloutId}`));
  const texts = await Promise.all(
    messages.map(async ({ id }) => {
      const response = await fetch(`${system.addresses.inbox}/messages/outbound/${id}/details`, {
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'x-postmark-server-token': system.secrets.mailToken,
        },
      });
      return z.object({ TextBody: z.string() }).parse(await response.json()).TextBody;
    }),
  );
  const link = new RegExp(`${system.addresses.daymark}/[a-z]+/([A-Za-z0-9_.-]{20,})`, 'g');
  return [...new Set(texts.flatMap((text) => [...text.matchAll(link)].map(([, token]) => token!)))];
}

async function contactAddresses(): Promise<readonly string[]> {
  const rows = await system.pool.rows<{ email: string }>(`select c.email from contact c`);
  return rows.map(({ email }) => email);
}

/** Everything in every workflow's history, payloads decoded. */
async function allHistories(): Promise<string> {
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const client = new Client({ connection, namespace: temporal.namespace });
    const parts: string[] = [];
    await until('the finished loops in the list', async () => {
      parts.length = 0;
      for await (const { workflowId } of client.workflow.list()) {
        const history = await client.workflow.getHandle(workflowId).fetchHistory();
        parts.push(readable(workflowId), readable(history));
      }
      return parts.some((part) => part.includes('preparePreview')) ? true : null;
    });
    return parts.join('\n');
  } finally {
    await connection.close();
  }
}

function readable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Uint8Array) return Buffer.from(part).toString('utf8');
    return typeof part === 'bigint' ? String(part) : part;
  });
}

/** Everything in every table, as text. */
async function allRows(): Promise<string> {
  const tables = await system.pool.rows<{ name: string }>(
    `select t.table_name as name
     from information_schema.tables t
     where t.table_schema = 'public' and t.table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await system.pool.rows<{ text: string }>(
      `select row_to_json(r)::text as text from "${name}" r`,
    );
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
}

function found(text: string, wanted: readonly string[]): readonly string[] {
  return wanted.filter((each) => text.includes(each));
}
