/** What is to happen, taken out in the order of time; what comes at one instant, in the order it was put in. */
export class Agenda<Event> {
  readonly #heap: Entry<Event>[] = [];
  #entered = 0;

  /** Puts an event down for an instant in epoch milliseconds. */
  add(at: number, event: Event): void {
    this.#heap.push({ at, order: this.#entered, event });
    this.#entered += 1;
    this.#rise(this.#heap.length - 1);
  }

  /** Takes out the event that comes next; null when there is none. */
  take(): { readonly at: number; readonly event: Event } | null {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return null;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #sink(from: number): void {
    let index = from;
    for (;;) {
      const children = [2 * index + 1, 2 * index + 2].filter((each) => each < this.#heap.length);
      const first = children.reduce((a, b) => (this.#isBefore(b, a) ? b : a), index);
      if (first === index) return;
      this.#swap(index, first);
      index = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other) return false;
    return one.at - other.at < 0 || (one.at === other.at && one.order < other.order);
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}

interface Entry<Event> {
  readonly at: number;
  readonly order: number;
  readonly event: Event;
}
