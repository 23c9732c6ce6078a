import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { SiteKind } from '../sites/fleet.ts';
import { openJournal } from './journal.ts';

/** How an operation will end; written down when it starts, so that a restart changes nothing. */
export interface Fate {
  /**
   * `succeed` and `fail` are honest. `pretend` reports success and leaves the site as it was,
   * `deny` swaps the site and reports failure, `waver` reports success once and failure ever after.
   */
  readonly outcome: 'succeed' | 'fail' | 'pretend' | 'deny' | 'waver';
  readonly workMs: number;
  /** Nobody can look this operation up. */
  readonly lost: boolean;
}

/** What was asked for, with the key it was asked under. */
export interface Order {
  readonly key: string;
  readonly bodyHash: string;
  readonly rollout: string;
  readonly client: string;
  readonly site: SiteKind;
  readonly generation: number;
  readonly version: string;
  readonly digest: string;
}

/** One accepted order. */
export interface Operation extends Order {
  readonly id: string;
  readonly at: string;
  readonly fate: Fate;
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly detail: string | null;
}

/** One actual start of a deployment, as the outside world saw it. */
export interface Effect {
  readonly operationId: string;
  readonly key: string;
  readonly rollout: string;
  readonly client: string;
  readonly site: SiteKind;
  readonly version: string;
  readonly digest: string;
  readonly at: string;
}

/** Every operation that ever started here; a start is on disk before anybody hears of it. */
export interface OperationBook {
  readonly start: (order: Order, fate: Fate, at: string) => Operation;
  readonly finish: (id: string, status: 'succeeded' | 'failed', detail: string | null) => void;
  readonly byId: (id: string) => Operation | undefined;
  /** The first operation that started under a key. */
  readonly byKey: (key: string) => Operation | undefined;
  /** Notes that somebody was told how an operation stands; a wavering one changes its story after that. */
  readonly told: (id: string) => void;
  readonly running: () => readonly Operation[];
  readonly effects: () => readonly Effect[];
  readonly close: () => void;
}

type Line =
  | { readonly kind: 'started'; readonly operation: Operation }
  | {
      readonly kind: 'finished';
      readonly id: string;
      readonly status: 'succeeded' | 'failed';
      readonly detail: string | null;
    };

/** Opens the book in a folder and reads what is in it. */
export function openOperationBook(folder: string): OperationBook {
  const journal = openJournal<Line>(join(folder, 'operations.jsonl'), { durable: true });
  const operations = new Map<string, Operation>();
  const idByKey = new Map<string, string>();

  function apply(line: Line): void {
    if (line.kind === 'started') {
      const { operation } = line;
      operations.set(operation.id, operation);
      if (!idByKey.has(operation.key)) idByKey.set(operation.key, operation.id);
      return;
    }
    const operation = operations.get(line.id);
    if (!operation) return;
    operations.set(line.id, { ...operation, status: line.status, detail: line.detail });
  }

  function record(line: Line): void {
    journal.append(line);
    apply(line);
  }

  const finish: OperationBook['finish'] = (id, status, detail) => {
    record({ kind: 'finished', id, status, detail });
  };

  for (const line of journal.earlier) apply(line);
  return {
    start: (order, fate, at) => {
      const id = `op_${randomUUID()}`;
      const operation: Operation = { ...order, id, at, fate, status: 'running', detail: null };
      record({ kind: 'started', operation });
      return operation;
    },
    finish,
    told: (id) => {
      const operation = operations.get(id);
      if (operation?.fate.outcome !== 'waver' || operation.status !== 'succeeded') return;
      finish(id, 'failed', 'the check after the deployment failed');
    },
    byId: (id) => operations.get(id),
    byKey: (key) => operations.get(idByKey.get(key) ?? ''),
    running: () => [...operations.values()].filter((each) => each.status === 'running'),
    effects: () => [...operations.values()].map(effectOf),
    close: journal.close,
  };
}

function effectOf(operation: Operation): Effect {
  const { id, key, rollout, client, site, version, digest, at } = operation;
  return { operationId: id, key, rollout, client, site, version, digest, at };
}
