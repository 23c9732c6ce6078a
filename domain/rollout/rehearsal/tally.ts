/** Something that people would notice, for the timeline. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** What one rehearsal leaves behind. */
export class Tally {
  readonly messages = new Map<string, number>();
  /** Mails and production starts per hour since the epoch. */
  readonly hours = new Map<number, { messages: number; deployments: number }>();
  readonly moments: Moment[] = [];
  readonly #told = new Set<string>();

  countMails(kind: string, at: number, count: number): void {
    if (count === 0) return;
    this.messages.set(kind, (this.messages.get(kind) ?? 0) + count);
    this.#hourOf(at).messages += count;
  }

  countDeployment(at: number): void {
    this.#hourOf(at).deployments += 1;
  }

  note(at: number, text: string): void {
    this.moments.push({ at, text });
  }

  /** Notes what is worth telling only the first time. */
  noteOnce(at: number, text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.note(at, text);
  }

  #hourOf(at: number): { messages: number; deployments: number } {
    const hour = Math.floor(at / 3_600_000);
    const known = this.hours.get(hour);
    if (known) return known;
    const fresh = { messages: 0, deployments: 0 };
    this.hours.set(hour, fresh);
    return fresh;
  }
}
