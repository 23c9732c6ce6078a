import { randomUUID } from 'node:crypto';
import type { Instant } from '../../../domain/instant.ts';
import type { Arrival, ArrivalFilter } from './arrivals.ts';
import type { LoggedRequest } from './exchange.ts';
import type { Fault, FaultRequest } from './faults.ts';
import type { MailSettings, MailWorld } from './mail-world.ts';
import {
  countDuplicates,
  findMessages,
  type Duplicates,
  type MessageFilter,
  type MessageView,
} from './message-view.ts';
import { bounceMessage } from './outcomes.ts';
import {
  bounceTypeCodes,
  type BounceType,
  type SuppressionReason,
  type WebhookAttempt,
} from './records.ts';
import { suppress } from './suppressions.ts';
import { postOnce } from './webhook-posts.ts';
import { setTargetFromOptions, type WebhookTarget } from './webhooks.ts';

/** Opens and closes the port, so that callers are refused. */
export interface Door {
  open(): Promise<void>;
  close(): Promise<void>;
}

/** The requests seen so far. */
export interface RequestLog {
  list(): readonly LoggedRequest[];
  clear(): void;
}

/** Everything a test can tell the stand-in and ask it; the HTTP control API offers the same. */
export class MailControl {
  readonly #world: MailWorld;
  readonly #door: Door;
  readonly #requests: RequestLog;

  constructor(world: MailWorld, door: Door, requests: RequestLog) {
    this.#world = world;
    this.#door = door;
    this.#requests = requests;
  }

  /** Sets a fault switch. @throws RangeError when it cannot be. */
  addFault(request: FaultRequest): Fault {
    return this.#world.faults.add(request);
  }

  faults(): readonly Fault[] {
    return this.#world.faults.list();
  }

  clearFaults(id?: number): void {
    this.#world.faults.clear(id);
  }

  arrivals(filter: ArrivalFilter = {}): readonly Arrival[] {
    return this.#world.arrivals.list(filter);
  }

  /** Waits for a hanging call. @throws Error when none came in time. */
  async waitForArrival(filter: ArrivalFilter = {}, timeoutMs = 10_000): Promise<Arrival> {
    const arrival = await this.#world.arrivals.waitFor(filter, timeoutMs);
    if (arrival) return arrival;
    throw new Error(`No call hung within ${timeoutMs} ms that fits ${JSON.stringify(filter)}`);
  }

  /** Lets a hanging call be answered, or cut off; answers how many there were. */
  release(id: number | 'all', ending: 'answer' | 'drop' = 'answer'): number {
    return this.#world.arrivals.release(id, ending);
  }

  messages(filter: MessageFilter = {}): readonly MessageView[] {
    return findMessages(this.#world.box, filter, this.#world.clock.nowMs());
  }

  duplicates(filter: MessageFilter = {}): Duplicates {
    return countDuplicates(this.messages(filter));
  }

  requests(): readonly LoggedRequest[] {
    return this.#requests.list();
  }

  webhookAttempts(): readonly WebhookAttempt[] {
    return this.#world.box.attempts;
  }

  /** Posts that are waiting for their time or their next try. */
  pendingWebhooks(): number {
    return this.#world.box.posts.size;
  }

  settings(): MailSettings {
    return this.#world.settings;
  }

  changeSettings(changes: Partial<MailSettings>): MailSettings {
    this.#world.settings = { ...this.#world.settings, ...changes };
    return this.#world.settings;
  }

  setWebhook(target: WebhookTarget | null): Promise<void> {
    return setTargetFromOptions(this.#world, target);
  }

  /** Lets a stored message bounce now; SpamComplaint is its reader's complaint. @throws RangeError */
  async bounce(messageId: string, type: string): Promise<void> {
    const message = this.#world.box.messages.get(messageId);
    if (!message) throw new RangeError(`There is no message ${messageId}`);
    if (!(type in bounceTypeCodes)) throw new RangeError(`There is no bounce type "${type}"`);
    await bounceMessage(this.#world, message, type as BounceType);
  }

  suppress(email: string, reason: SuppressionReason, stream = 'outbound'): Promise<boolean> {
    return suppress(this.#world, { stream, email, reason, origin: 'Recipient' });
  }

  /** Lets a search find messages that it did not show yet, or never would have. */
  async showInSearch(filter: MessageFilter = {}): Promise<number> {
    const hidden = this.messages(filter).filter(({ isVisible }) => !isVisible);
    for (const { id: messageId } of hidden) {
      const visibleAtMs = this.#world.clock.nowMs();
      await this.#world.box.record({ kind: 'visible', messageId, visibleAtMs });
    }
    return hidden.length;
  }

  /** Posts any body to the webhooks of a stream, properly signed in unless told otherwise. */
  async postToWebhooks(
    body: string,
    { stream = 'outbound', wrongAuth = false, headers = {} } = {},
  ): Promise<readonly number[]> {
    const listening = [...this.#world.box.webhooks.values()].filter(
      (each) => each.stream === stream,
    );
    const trace = { 'X-PM-Webhook-Trace-Id': randomUUID(), ...headers };
    return Promise.all(
      listening.map(async (webhook) => {
        const request = { body, headers: trace, wrongAuth };
        return (await postOnce(this.#world, webhook, request)).status;
      }),
    );
  }

  now(): Instant {
    return this.#world.clock.now();
  }

  /** Sets the sandbox's clock forward and does what has become due. */
  advanceClock(ms: number): Instant {
    this.#world.clock.advance(ms);
    this.#world.schedule.runDue();
    return this.#world.clock.now();
  }

  closePort(): Promise<void> {
    return this.#door.close();
  }

  openPort(): Promise<void> {
    return this.#door.open();
  }

  /** Forgets all messages, faults and logs; webhooks and settings stay. */
  async empty(): Promise<void> {
    this.#world.faults.clear();
    this.#world.arrivals.release('all', 'drop');
    this.#requests.clear();
    await this.#world.box.record({ kind: 'emptied' });
  }
}
