/** Counts failures by name and forgets them after a while; kept in memory, for each process by itself. */
export class AttemptLimit {
  private readonly failures = new Map<string, number[]>();
  private readonly most: number;
  private readonly withinMs: number;

  constructor(most: number, withinMs: number) {
    this.most = most;
    this.withinMs = withinMs;
  }

  count(name: string): void {
    // A flood of made-up names must not fill the memory.
    if (this.failures.size > 10_000) this.failures.clear();
    this.failures.set(name, [...this.recent(name), performance.now()]);
  }

  isReached(name: string): boolean {
    return this.recent(name).length >= this.most;
  }

  forget(name: string): void {
    this.failures.delete(name);
  }

  private recent(name: string): number[] {
    const since = performance.now() - this.withinMs;
    return (this.failures.get(name) ?? []).filter((at) => at > since);
  }
}
