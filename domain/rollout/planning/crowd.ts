import type { Span } from '../../calendar/span.ts';
import type { PlanClient } from '../plan-input.ts';
import type { ClientSide } from './client-side.ts';
import type { Seat } from './places.ts';
import { firstSpanFrom, spanAt, type StartSpan } from './start-span.ts';

/** A client that wants a place, with everything that decides where. */
export interface Candidate {
  readonly client: PlanClient;
  readonly side: ClientSide;
  /** When its work may start, by all calendars, dates and other rollouts. */
  readonly open: readonly StartSpan[];
  /** When other rollouts are at this client. */
  readonly busy: readonly Span[];
  /** The first start that leaves room for preview, answer and notice. */
  readonly from: number;
}

/** Clients of one cohort that fit the same places, so that it does not matter which of them gets which. */
export interface Crowd {
  readonly seat: Seat;
  readonly open: readonly StartSpan[];
  readonly from: number;
  /** In the order in which they get their places. */
  readonly members: readonly Candidate[];
  /** How many places start when. */
  readonly slots: Map<number, number>;
  /** How many members have no place yet. */
  left: number;
}

/** Sorts candidates into crowds, those of the first key first; whoever has no start at all is in none. */
export function crowdsOf(candidates: readonly Candidate[], earliest: number): readonly Crowd[] {
  const ids = new Map<readonly StartSpan[], number>();
  const byKey = new Map<string, Candidate[]>();
  for (const each of candidates.toSorted(byClientKey)) {
    const from = Math.max(each.from, earliest);
    const span = each.open[firstSpanFrom(each.open, from)];
    if (span === undefined) continue;
    const id = ids.get(each.open) ?? ids.size;
    ids.set(each.open, id);
    const { deployer, deployerLimit } = each.client;
    const key = JSON.stringify([id, Math.max(from, span.first), deployer, deployerLimit]);
    const crowd = byKey.get(key);
    if (crowd === undefined) byKey.set(key, [each]);
    else crowd.push(each);
  }
  return [...byKey.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const from = Math.max(first.from, earliest);
    const { open } = first;
    return { seat: first.client, open, from, members, slots: new Map(), left: members.length };
  });
}

/** Whether a place that starts there is good for the members. */
export function suits({ open, from }: Crowd, start: number): boolean {
  return start >= from && spanAt(open, start) !== undefined;
}

/** Says which member starts when: the first member first. */
export function startsOfCrowd({
  slots,
  members,
}: Crowd): readonly (readonly [Candidate, number])[] {
  const starts = [...slots]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([start, count]) => Array.from({ length: count }, () => start));
  return starts.flatMap((start, index) => {
    const member = members[index];
    return member === undefined ? [] : [[member, start] as const];
  });
}

/** Clients of one kind fit the same places; the open time of a kind is one list. */
export function kindOf({ client, open, from }: Candidate): string {
  const { layers, zone, tags, deployer } = client;
  return JSON.stringify([layers, zone, tags, deployer, open.length, from]);
}

/** By key, which no two clients share. */
export function byClientKey(a: Candidate, b: Candidate): number {
  return a.client.key < b.client.key ? -1 : 1;
}
