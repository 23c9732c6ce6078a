import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBody, Refusal, sendJson } from '../http/exchange.ts';
import type { Exchange, Route } from '../http/router.ts';
import { unknownBuild } from '../sites/start-sites.ts';
import { answerWrongly } from './answer-wrongly.ts';
import type { ArrivalBoard } from './arrivals.ts';
import { hashOf, idempotencyKey, readRequest } from './deploy-order.ts';
import type { FaultBoard } from './faults.ts';
import type { Fate, Operation, OperationBook, Order } from './operation-book.ts';
import type { RequestLog } from './request-log.ts';
import type { DeployTarget, Workshop } from './workshop.ts';

/** What answers the deployer protocol. */
export interface DeployerParts {
  readonly book: OperationBook;
  readonly workshop: Workshop;
  readonly faults: FaultBoard;
  readonly arrivals: ArrivalBoard;
  readonly log: RequestLog;
  readonly target: DeployTarget;
  readonly secrets: readonly string[];
  readonly now: () => number;
  readonly workMs: () => number;
  /** Without it every call starts an operation, as at a deployer that knows no keys. */
  readonly honoursKey: boolean;
  /** What a repeated call hears while its operation runs: the same 202, or 409. */
  readonly repeatWhileRunning: 'accepted' | 'conflict';
}

/** The deployer protocol: deploy, and look up what became of it. */
export function deployRoutes(parts: DeployerParts): readonly Route[] {
  return [
    { method: 'POST', path: /^\/deploy$/, handle: (exchange) => deploy(parts, exchange) },
    {
      method: 'GET',
      path: /^\/operations\/(?<id>[^/]+)$/,
      handle: (exchange) =>
        lookUp(parts, exchange, parts.book.byId(exchange.params['id'] ?? ''), 'id'),
    },
    {
      method: 'GET',
      path: /^\/operations$/,
      handle: (exchange) => {
        const key = exchange.url.searchParams.get('key') ?? '';
        return lookUp(parts, exchange, parts.book.byKey(key), 'key');
      },
    },
  ];
}

async function deploy(parts: DeployerParts, exchange: Exchange): Promise<void> {
  const body = await readBody(exchange.request);
  logRequest(parts, exchange, body);
  const request = readRequest(
    { headers: exchange.request.headers, body },
    parts.secrets,
    parts.now(),
  );
  if (request.kind === 'test') {
    sendJson(exchange.response, 200, { type: 'deploy.test', message: 'signature accepted' });
    return;
  }
  if (await struckBeforeAccepting(parts, request.order, exchange.response)) return;
  const { operation, isNew } = accept(parts, request.order);
  const answer = (): void => {
    answerOperation(parts, exchange.response, { id: operation.id, isNew });
  };
  const fault = parts.faults.take('answer', operation);
  if (!fault) {
    answer();
    return;
  }
  if (fault.kind === 'hang-after-accept') {
    const { client, site, key } = operation;
    const call = { faultId: fault.id, kind: fault.kind, client, site, key };
    if (await parts.arrivals.hold(call, exchange.response)) answer();
    return;
  }
  if (fault.kind === 'answer-late') await sleep(fault.ms, undefined, { ref: false });
  if (fault.kind === 'answer-when-finished') await parts.workshop.settled(operation.id);
  if (fault.kind === 'answer-late' || fault.kind === 'answer-when-finished') {
    answer();
    return;
  }
  answerWrongly(exchange.response, fault, acceptedBody(exchange.response, operation));
}

async function struckBeforeAccepting(
  parts: DeployerParts,
  order: Order,
  response: ServerResponse,
): Promise<boolean> {
  const fault = parts.faults.take('call', order);
  if (!fault) return false;
  const { client, site, key } = order;
  switch (fault.kind) {
    case 'refuse': {
      const message = `told to refuse with ${fault.status}`;
      const { retryAfterSeconds } = fault;
      const headers: Record<string, string> =
        retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
      sendJson(response, fault.status, { code: 'TOLD_TO_REFUSE', message }, headers);
      return true;
    }
    case 'reset-before-accept':
      response.socket?.resetAndDestroy();
      return true;
    case 'hang-before-accept': {
      const call = { faultId: fault.id, kind: fault.kind, client, site, key };
      // A caller that died while it was held takes its order with it.
      return !(await parts.arrivals.hold(call, response));
    }
  }
}

// Nothing is awaited between the look at the key and the start: two calls at once are one operation.
function accept(
  parts: DeployerParts,
  order: Order,
): { readonly operation: Operation; readonly isNew: boolean } {
  const known = parts.honoursKey ? parts.book.byKey(order.key) : undefined;
  if (known && known.bodyHash !== order.bodyHash) {
    throw new Refusal(422, 'KEY_REUSED', `key ${order.key} was used with another body`);
  }
  if (known) return { operation: known, isNew: false };
  const { client, site, version, digest } = order;
  if (!parts.target.has({ client, site })) {
    throw new Refusal(404, 'SITE_UNKNOWN', `no ${site} site of "${client}" is here`);
  }
  const { catalogue } = parts.target;
  if (!catalogue.find({ version, digest })) {
    throw new Refusal(404, 'BUILD_UNKNOWN', unknownBuild(catalogue, { version, digest }));
  }
  const at = new Date().toISOString();
  const operation = parts.book.start(order, fateOf(parts, order), at);
  parts.workshop.begin(operation);
  return { operation, isNew: true };
}

function fateOf(parts: DeployerParts, order: Order): Fate {
  const fault = parts.faults.take('operation', order);
  const plain: Fate = { outcome: 'succeed', workMs: parts.workMs(), lost: false };
  switch (fault?.kind) {
    case undefined:
      return plain;
    case 'fail':
      return { ...plain, outcome: 'fail' };
    case 'slow':
      return { ...plain, workMs: fault.ms };
    case 'lose-operation':
      return { ...plain, lost: true };
    case 'contradict':
      return { ...plain, outcome: fault.how };
  }
}

function answerOperation(
  parts: DeployerParts,
  response: ServerResponse,
  about: { readonly id: string; readonly isNew: boolean },
): void {
  const operation = parts.book.byId(about.id);
  if (!operation) return;
  if (operation.status !== 'running') {
    sendJson(response, 200, shown(operation));
    return;
  }
  if (!about.isNew && parts.repeatWhileRunning === 'conflict') {
    const message = `an operation for key ${operation.key} is still running`;
    sendJson(response, 409, { code: 'STILL_RUNNING', message });
    return;
  }
  sendJson(response, 202, acceptedBody(response, operation));
}

function acceptedBody(response: ServerResponse, operation: Operation): object {
  const port = response.socket?.localPort ?? 0;
  const statusUrl = `http://127.0.0.1:${port}/operations/${operation.id}`;
  return { operationId: operation.id, key: operation.key, status: 'running', statusUrl };
}

async function lookUp(
  parts: DeployerParts,
  exchange: Exchange,
  operation: Operation | undefined,
  by: 'id' | 'key',
): Promise<void> {
  logRequest(parts, exchange, null);
  if (!operation || operation.fate.lost) {
    throw new Refusal(404, 'OPERATION_UNKNOWN', `no operation with this ${by} is known`);
  }
  const fault = parts.faults.take('lookUp', operation);
  if (fault?.kind === 'look-up-error') {
    throw new Refusal(fault.status, 'TOLD_TO_FAIL', `told to answer ${fault.status}`);
  }
  if (fault) {
    const { client, site, key } = operation;
    const call = { faultId: fault.id, kind: fault.kind, client, site, key };
    if (!(await parts.arrivals.hold(call, exchange.response))) return;
  }
  sendJson(exchange.response, 200, shown(parts.book.byId(operation.id) ?? operation));
  parts.book.told(operation.id);
}

function shown({ id, key, status, detail }: Operation): object {
  return { operationId: id, key, status, ...(detail === null ? {} : { detail }) };
}

function logRequest(parts: DeployerParts, exchange: Exchange, body: Buffer | null): void {
  const { request, response, url } = exchange;
  const webhookId = request.headers['webhook-id'];
  const number = parts.log.arrived({
    at: new Date().toISOString(),
    method: request.method ?? 'GET',
    path: `${url.pathname}${url.search}`,
    key: idempotencyKey(request.headers) ?? url.searchParams.get('key'),
    webhookId: typeof webhookId === 'string' ? webhookId : null,
    bodyHash: body ? hashOf(body) : null,
  });
  response.once('finish', () => {
    parts.log.answered(number, response.statusCode);
  });
}
