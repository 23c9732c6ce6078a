import { randomInt } from 'node:crypto';

/** What can be told to go wrong when a mail is sent, and whether the mail is stored all the same. */
export const sendFaults = {
  '429': 'never',
  '401': 'never',
  '406': 'never',
  '412': 'never',
  '1235': 'never',
  '403-html': 'never',
  '500': 'choice',
  '503': 'choice',
  '503-html': 'choice',
  '502-html': 'choice',
  '504-html': 'choice',
  '403-json': 'choice',
  '408': 'choice',
  '200-html': 'choice',
  '200-empty': 'choice',
  '200-error-code': 'choice',
  '202': 'choice',
  '301': 'choice',
  '307': 'choice',
  hang: 'choice',
  'headers-then-hang': 'always',
  'slow-trickle': 'always',
  'rst-after': 'always',
  'fin-after': 'always',
  'cut-body': 'always',
  'rst-before': 'never',
} as const satisfies Record<string, 'never' | 'always' | 'choice'>;

export type SendFault = keyof typeof sendFaults;

/** What can happen to a stored mail that its sender does not see at once. */
export const storeFaults = [
  'index-lag',
  'index-never',
  'bounce',
  'deliver-then-bounce',
  'silence',
  'webhook-early',
  'webhook-reorder',
] as const;

export const searchFaults = ['search-500', 'search-hang'] as const;

/** What can happen to an event on its way to a webhook; all but drop, delay and large add posts beside the true one. */
export const webhookFaults = [
  'webhook-drop',
  'webhook-delay',
  'webhook-large',
  'webhook-duplicate',
  'webhook-together',
  'webhook-wrong-auth',
  'webhook-unknown-id',
  'webhook-replay',
] as const;

export type StoreFault = (typeof storeFaults)[number];
export type SearchFault = (typeof searchFaults)[number];
export type WebhookFault = (typeof webhookFaults)[number];
export type FaultName = SendFault | StoreFault | SearchFault | WebhookFault;

/** A switch as it is asked for; what is not said does not narrow it. */
export interface FaultRequest {
  readonly fault: FaultName;
  /** For the next n matching calls; without it until cleared. */
  readonly next?: number;
  readonly did?: string;
  readonly tag?: string;
  /** An address; `*` stands for any text. */
  readonly recipient?: string;
  /** Chance in percent per matching call, drawn from the seed. */
  readonly percent?: number;
  readonly seed?: number;
  /** Whether the mail is stored although the call fails, where that is a choice. */
  readonly stored?: boolean;
  readonly retryAfterSeconds?: number;
  readonly ms?: number;
  readonly times?: number;
  readonly bounceType?: string;
  readonly location?: string;
}

/** A switch that is on. The seed is always told, so that a run can be repeated. */
export interface Fault extends FaultRequest {
  readonly id: number;
  readonly seed: number;
  readonly left: number | null;
  readonly hits: number;
}

/** What a call is about, as far as known. */
export interface Subject {
  readonly did?: string | undefined;
  readonly tag?: string | undefined;
  readonly recipients: readonly string[];
}

interface Switch {
  readonly id: number;
  readonly request: FaultRequest;
  readonly seed: number;
  readonly draw: () => number;
  left: number | null;
  hits: number;
}

const names: ReadonlySet<string> = new Set([
  ...Object.keys(sendFaults),
  ...storeFaults,
  ...searchFaults,
  ...webhookFaults,
]);

/** The fault switches that are on, asked in the order in which they were set. */
export class Faults {
  #switches: Switch[] = [];
  #lastId = 0;

  /** @throws RangeError when there is no such switch, or the mail cannot be stored as asked. */
  add(request: FaultRequest): Fault {
    refuseImpossible(request);
    const seed = request.seed ?? randomInt(2 ** 31);
    this.#lastId += 1;
    const created: Switch = {
      id: this.#lastId,
      request,
      seed,
      draw: drawsFrom(seed),
      left: request.next ?? null,
      hits: 0,
    };
    this.#switches.push(created);
    return describe(created);
  }

  clear(id?: number): void {
    this.#switches = id === undefined ? [] : this.#switches.filter((each) => each.id !== id);
  }

  list(): readonly Fault[] {
    return this.#switches.map(describe);
  }

  /** The first switch of these names that hits this call; it counts as used. */
  take(wanted: readonly FaultName[], subject: Subject): Fault | undefined {
    const hit = this.#switches.find(
      (each) =>
        wanted.includes(each.request.fault) &&
        each.left !== 0 &&
        concerns(each.request, subject) &&
        (each.request.percent === undefined || each.draw() * 100 < each.request.percent),
    );
    if (!hit) return undefined;
    hit.hits += 1;
    if (hit.left !== null) hit.left -= 1;
    return describe(hit);
  }

  /** Whether the answer waits for what the call is about, so the call must be read first. */
  takeUnread(wanted: FaultName): Fault | undefined {
    const unscoped = this.#switches.some(
      ({ request, left }) =>
        request.fault === wanted &&
        left !== 0 &&
        request.did === undefined &&
        request.tag === undefined &&
        request.recipient === undefined,
    );
    return unscoped ? this.take([wanted], { recipients: [] }) : undefined;
  }
}

/** Whether a mail is stored although this fault makes its call fail. */
export function isStored(fault: Fault): boolean {
  const rule = sendFaults[fault.fault as SendFault];
  return rule === 'always' || (rule === 'choice' && fault.stored === true);
}

/** Whether an address matches a pattern in which `*` stands for any text. */
export function matchesAddress(pattern: string, address: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`, 'i').test(address);
}

function refuseImpossible(request: FaultRequest): void {
  if (!names.has(request.fault)) {
    throw new RangeError(
      `There is no fault "${request.fault}"; choose one of ${[...names].join(', ')}`,
    );
  }
  const rule = sendFaults[request.fault as SendFault] as string | undefined;
  if (request.stored === true && rule === 'never') {
    throw new RangeError(`Fault "${request.fault}" never stores the mail; leave "stored" out`);
  }
  if (request.stored === false && rule === 'always') {
    throw new RangeError(`Fault "${request.fault}" always stores the mail; leave "stored" out`);
  }
}

function concerns(request: FaultRequest, subject: Subject): boolean {
  if (request.did !== undefined && request.did !== subject.did) return false;
  if (request.tag !== undefined && request.tag !== subject.tag) return false;
  const { recipient } = request;
  return (
    recipient === undefined || subject.recipients.some((each) => matchesAddress(recipient, each))
  );
}

function describe({ id, request, seed, left, hits }: Switch): Fault {
  return { ...request, id, seed, left, hits };
}

/** Mulberry32: the same seed gives the same draws everywhere. */
function drawsFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
