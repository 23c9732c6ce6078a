import { layerFrom } from '../../../../domain/calendar/calendar-layer.ts';
import type { ClientId } from '../../../../domain/ids.ts';
import type { PlanClient } from '../../../../domain/rollout/plan-input.ts';
import type { Candidate } from '../../../../domain/rollout/planning/crowd.ts';
import type { StartSpan } from '../../../../domain/rollout/planning/start-span.ts';
import { planClient } from '../plan-input-of.ts';

/** Stretches in which work may start at one moment alone, or between two, both included. */
export function spansOf(
  ...starts: readonly (number | readonly [number, number])[]
): readonly StartSpan[] {
  return starts.map((each) => {
    const [first, last] = typeof each === 'number' ? [each, each] : each;
    return { first, last, stretchEnd: last + 10 };
  });
}

/** A client that may start in those stretches, from moment 0 on unless said otherwise. */
export function candidateOf(
  key: string,
  open: readonly StartSpan[],
  { from = 0, ...differences }: Partial<PlanClient> & { readonly from?: number } = {},
): Candidate {
  const client = planClient(key, {
    clientId: key as ClientId,
    deployer: 'a',
    deployerLimit: 9,
    ...differences,
  });
  const { calendar } = layerFrom('client', { zone: 'UTC' });
  const terms = { leads: [], time: { calendar, zone: client.zone } };
  return {
    client,
    side: { previewAt: 0, answerBy: null, agreedAt: 0, terms },
    open,
    busy: [],
    from,
  };
}
