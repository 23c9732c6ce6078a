import { setTimeout as pause } from 'node:timers/promises';
import { aboutSubject } from './arrivals.ts';
import type { Exchange } from './exchange.ts';
import { isStored, type Fault, type SendFault, type Subject } from './faults.ts';
import type { MailWorld } from './mail-world.ts';

/** A call that sends mail, and how to carry it out. */
export interface SendCall {
  readonly exchange: Exchange;
  readonly subjects: readonly Subject[];
  readonly accept: () => Promise<Answer>;
}

/** What the call would be answered with if nothing went wrong. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

type Failure = (scene: Scene) => Promise<void> | void;

interface Scene {
  readonly world: MailWorld;
  readonly call: SendCall;
  readonly exchange: Exchange;
  readonly fault: Fault;
  /** The true answer, where the mail was stored. */
  readonly stored: Answer | undefined;
}

/** Lets a call fail as its fault says; `stored` is its true answer where the mail was kept. */
export async function failSend(
  world: MailWorld,
  call: SendCall,
  fault: Fault,
  stored: Answer | undefined,
): Promise<void> {
  const { exchange } = call;
  await failures[fault.fault as SendFault]({ world, call, exchange, fault, stored });
}

const failures: Record<SendFault, Failure> = {
  '429': ({ exchange, fault }) => {
    const seconds = fault.retryAfterSeconds;
    const headers = seconds === undefined ? {} : { 'Retry-After': String(seconds) };
    exchange.json(429, { ErrorCode: 429, Message: 'Rate limit exceeded.' }, headers);
  },
  '401': refuse(401, 10, 'No Account or Server API tokens were supplied in the HTTP headers.'),
  '406': ({ exchange, call }) => {
    const found = call.subjects.flatMap(({ recipients }) => recipients).join(', ');
    exchange.refuse(
      422,
      406,
      `You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: ${found}. Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a manual suppression.`,
    );
  },
  '412': refuse(
    422,
    412,
    "While your account is pending approval, all recipient addresses must share the same domain as the 'From' address.",
  ),
  '1235': refuse(422, 1235, "The stream provided: 'outbound' does not exist on this server."),
  '403-html': page(403, 'Forbidden'),
  '403-json': refuse(403, 403, 'Forbidden'),
  '408': page(408, 'Request Time-out'),
  '500': refuse(500, 101, 'Internal server error.'),
  '503': refuse(503, 100, 'The API is down for maintenance.'),
  '503-html': page(503, 'Service Unavailable'),
  '502-html': page(502, 'Bad Gateway'),
  '504-html': page(504, 'Gateway Time-out'),
  '200-html': page(200, 'Welcome'),
  '200-empty': ({ exchange }) => {
    exchange.send(200, 'application/json', '');
  },
  '200-error-code': ({ exchange }) => {
    exchange.json(200, { ErrorCode: 300, Message: 'Something is not right.' });
  },
  '202': ({ exchange, stored }) => {
    exchange.json(202, stored?.body ?? { Message: 'Accepted' });
  },
  '301': redirect(301),
  '307': redirect(307),
  hang,
  'headers-then-hang': headThenHang,
  'slow-trickle': trickle,
  'rst-after': ({ exchange }) => {
    exchange.reset();
  },
  'rst-before': ({ exchange }) => {
    exchange.reset();
  },
  'fin-after': ({ exchange }) => {
    exchange.hangUp();
  },
  'cut-body': ({ exchange, stored }) => {
    const body = JSON.stringify(stored?.body ?? {});
    exchange.sendHeadOf(body);
    exchange.ending = 'body cut';
    exchange.response.write(body.slice(0, Math.floor(body.length / 2)), () => {
      exchange.request.socket.destroy();
    });
  },
};

function refuse(status: number, code: number, message: string): Failure {
  return ({ exchange }) => {
    exchange.refuse(status, code, message);
  };
}

function page(status: number, title: string): Failure {
  return ({ exchange }) => {
    exchange.html(
      status,
      `<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`,
    );
  };
}

function redirect(status: number): Failure {
  return ({ exchange, fault }) => {
    exchange.send(status, 'text/plain', '', { Location: fault.location ?? '/control/redirected' });
  };
}

/** Nothing at all is answered until the call is released; a caller who left first stored nothing new. */
async function hang(scene: Scene): Promise<void> {
  const { exchange, stored, call } = scene;
  exchange.ending = 'hanging';
  const ending = await hold(scene);
  if (ending === 'gone') exchange.ending = 'caller gone';
  if (ending === 'drop') exchange.reset();
  if (ending !== 'answer') return;
  const { status, body } = stored ?? (await call.accept());
  exchange.json(status, body);
}

async function headThenHang(scene: Scene): Promise<void> {
  const { exchange, stored } = scene;
  const body = JSON.stringify(stored?.body ?? {});
  exchange.sendHeadOf(body);
  const ending = await hold(scene);
  if (ending === 'drop') exchange.reset();
  if (ending === 'answer') exchange.response.end(body);
  exchange.ending = ending === 'answer' ? 200 : 'head only';
}

/** One byte at a time, slower than any deadline. */
async function trickle({ world, exchange, stored }: Scene): Promise<void> {
  const body = JSON.stringify(stored?.body ?? {});
  exchange.sendHeadOf(body);
  exchange.ending = 'trickling';
  for (const letter of body) {
    if (exchange.isGone || world.stopping.aborted) return;
    exchange.response.write(letter);
    await pause(world.settings.trickleMs);
  }
  exchange.response.end();
  exchange.ending = 200;
}

function hold({ world, call, exchange, fault }: Scene) {
  const [subject = { recipients: [] }] = call.subjects;
  const arrival = {
    ...aboutSubject(subject),
    fault: fault.fault,
    stored: isStored(fault),
    arrivedAtMs: world.clock.nowMs(),
  };
  return world.arrivals.hold(arrival, exchange.closed);
}
