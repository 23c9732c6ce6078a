import { randomUUID } from 'node:crypto';
import {
  classifyDeployAnswer,
  classifyDeployLookUp,
  type DeployAnswer,
  type DeployAttemptRecord,
  type DeployLookUp,
} from '../../domain/rollout/classify-deploy-answer.ts';
import { ask, type Exchange, type OutgoingRequest } from '../outgoing-http/ask.ts';
import type { Resolve } from '../outgoing-http/guarded-agent.ts';
import type { OutgoingRules } from '../outgoing-http/outgoing-rules.ts';
import { retryAfterMs } from '../outgoing-http/retry-after.ts';
import type {
  DeployCapability,
  Deployer,
  DeployerTest,
  DeployOperation,
  DeployRequest,
} from './deployer.ts';
import { problemOfSecret, signedHeaders } from './webhook-signature.ts';

/** A deployer reached by HTTP, and how it is to be spoken to. */
export interface WebhookDeployerSettings {
  readonly url: string;
  /** Where to ask for a key when no status URL was given; contains `{key}`. */
  readonly lookUpUrl?: string;
  /** The signing secrets in use, newest first. */
  readonly secrets: readonly string[];
  readonly capability: DeployCapability;
  /** Some deployers read the key as a quoted string. */
  readonly quoteKey?: boolean;
  readonly rules: OutgoingRules;
  /** PEM of the client's own certificate authority. */
  readonly certificateAuthority?: string;
  readonly requestMs?: number;
  readonly connectMs?: number;
  readonly nowMs: () => number;
  readonly resolve?: Resolve;
}

const usualRequestMs = 20_000;
const usualConnectMs = 5_000;
const answerBytes = 64 * 1024;
const testBody = JSON.stringify({ type: 'deploy.test' });

/**
 * A deployer that takes signed requests.
 * @throws RangeError when the settings cannot work; never repeats a secret.
 */
export function openWebhookDeployer(settings: WebhookDeployerSettings): Deployer {
  const problem =
    settings.secrets.length === 0
      ? 'a webhook deployer needs a signing secret'
      : settings.secrets.map(problemOfSecret).find((each) => each !== null);
  if (problem) throw new RangeError(`Deployer ${originOf(settings.url)}: ${problem}`);
  return {
    capability: settings.capability,
    dispatch: (request) => dispatch(request, settings),
    lookUp: (operation) => lookUp(operation, settings),
    test: () => test(settings),
  };
}

async function dispatch(
  request: DeployRequest,
  settings: WebhookDeployerSettings,
): Promise<DeployAnswer> {
  const { key, webhookId, body, beforeWrite } = request;
  const exchange = await ask({ ...post({ key, webhookId, body }, settings), beforeWrite });
  return classifyDeployAnswer(recordOf(exchange, settings));
}

async function lookUp(
  operation: DeployOperation,
  settings: WebhookDeployerSettings,
): Promise<DeployLookUp> {
  const url = lookUpUrlFor(operation, settings);
  if (url === null) return { kind: 'not-supported' };
  const exchange = await ask({
    ...common(settings),
    method: 'GET',
    url,
    headers: { accept: 'application/json', ...signed(`lookup_${randomUUID()}`, '', settings) },
  });
  const asked = { key: operation.key, accepted: operation.operationId !== null };
  return classifyDeployLookUp(recordOf(exchange, settings), asked);
}

async function test(settings: WebhookDeployerSettings): Promise<DeployerTest> {
  const webhookId = `test_${randomUUID()}`;
  const exchange = await ask(post({ key: webhookId, webhookId, body: testBody }, settings));
  if (exchange.status === 200) return { kind: 'passed', detail: 'answered 200' };
  const reason =
    exchange.status === null
      ? `${exchange.causeCode ?? 'no answer'}: ${exchange.detail ?? ''}`
      : `answered ${exchange.status}; a test call is answered with 200`;
  return { kind: 'failed', reason };
}

function post(
  request: Pick<DeployRequest, 'key' | 'webhookId' | 'body'>,
  settings: WebhookDeployerSettings,
): OutgoingRequest {
  const { key, webhookId, body } = request;
  return {
    ...common(settings),
    method: 'POST',
    url: settings.url,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'idempotency-key': settings.quoteKey ? JSON.stringify(key) : key,
      ...signed(webhookId, body, settings),
    },
    body,
  };
}

function common(
  settings: WebhookDeployerSettings,
): Pick<OutgoingRequest, 'rules' | 'limits' | 'resolve' | 'certificateAuthority'> {
  return {
    rules: settings.rules,
    limits: {
      connectMs: settings.connectMs ?? usualConnectMs,
      totalMs: settings.requestMs ?? usualRequestMs,
      bodyBytes: answerBytes,
    },
    ...(settings.resolve ? { resolve: settings.resolve } : {}),
    ...(settings.certificateAuthority === undefined
      ? {}
      : { certificateAuthority: settings.certificateAuthority }),
  };
}

function signed(
  id: string,
  body: string,
  { nowMs, secrets }: WebhookDeployerSettings,
): Readonly<Record<string, string>> {
  return signedHeaders({ id, timestamp: Math.floor(nowMs() / 1000), body }, secrets);
}

/** The status URL is asked only at the deployer itself: our signature goes nowhere else. */
function lookUpUrlFor(
  operation: DeployOperation,
  settings: WebhookDeployerSettings,
): string | null {
  const status = operation.statusUrl === null ? null : URL.parse(operation.statusUrl, settings.url);
  if (status !== null && status.origin === originOf(settings.url)) return status.href;
  return settings.lookUpUrl?.replaceAll('{key}', encodeURIComponent(operation.key)) ?? null;
}

function originOf(url: string): string {
  return URL.parse(url)?.origin ?? 'with an unreadable URL';
}

function recordOf(exchange: Exchange, { nowMs }: WebhookDeployerSettings): DeployAttemptRecord {
  return {
    status: exchange.status,
    retryAfterMs: retryAfterMs(exchange.headers['retry-after'], nowMs()),
    causeCode: exchange.causeCode,
    written: exchange.written,
    body: exchange.body?.toString('utf8') ?? null,
  };
}
