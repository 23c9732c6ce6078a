/** Lets one at a time pass under each name, in the order in which they came. */
export interface Turns {
  /** Waits for its turn; the answer ends it and must be called. */
  readonly take: (name: string) => Promise<() => void>;
}

/** Turns within this process; between processes the locks of the database decide. */
export function takingTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    take: async (name) => {
      const before = last.get(name);
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const mine = promise.then(() => {
        if (last.get(name) === mine) last.delete(name);
      });
      last.set(name, mine);
      await before;
      return () => {
        resolve(undefined);
      };
    },
  };
}
