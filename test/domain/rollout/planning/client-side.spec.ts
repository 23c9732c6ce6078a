import { instantOf, parseInstant } from '../../../../domain/instant.ts';
import type { PlanClient, PlanInput } from '../../../../domain/rollout/plan-input.ts';
import {
  calendarsOf,
  type ClientSide,
  clientSides,
} from '../../../../domain/rollout/planning/client-side.ts';
import { duration, planClient, planInput, policyOf } from '../plan-input-of.ts';

const previewAt = Date.parse('2026-11-24T17:00:00Z');
const at = (text: string): number => Date.parse(`${text}:00Z`);
// A preview takes four hours, an answer may take one business day.
const hotfix = policyOf('hotfix', { previewAllowance: duration('PT4H') });

function sidesIn(input: PlanInput): (client: PlanClient) => ClientSide {
  const sideOf = clientSides(input, calendarsOf(input));
  return (client) => sideOf(client, previewAt);
}

it.each<readonly [string, Partial<PlanClient>, boolean, string | null, string]>([
  [
    'has agreed as soon as its preview stands if it is only informed',
    { consent: 'inform' },
    true,
    null,
    '2026-11-24T21:00',
  ],
  [
    'agrees at the latest when its answer is due',
    { consent: 'approve' },
    true,
    '2026-11-25T22:00',
    '2026-11-25T22:00',
  ],
  [
    'may object as long as others may answer',
    { consent: 'object' },
    true,
    '2026-11-25T22:00',
    '2026-11-25T22:00',
  ],
  [
    'needs no time for a preview that stands',
    { consent: 'inform', stage: 'on-preview' },
    true,
    null,
    '2026-11-24T17:00',
  ],
  [
    'needs no time for a preview where the policy wants none',
    { consent: 'inform' },
    false,
    null,
    '2026-11-24T17:00',
  ],
  [
    'needs no time at all once it has agreed',
    { consent: 'approve', stage: 'agreed' },
    true,
    null,
    '2026-11-24T17:00',
  ],
])('a client %s', (_, differences, previewRequired, answerBy, agreedAt) => {
  const input = planInput({ policy: { ...hotfix, previewRequired } });

  const side = sidesIn(input)(planClient('ash', differences));

  expect(side).toMatchObject({
    previewAt,
    answerBy: answerBy === null ? null : at(answerBy),
    agreedAt: at(agreedAt),
  });
});

it('counts the days for an answer where and when each client works', () => {
  const closed = { zone: 'client', holidays: { own: ['2026-11-25'] } };
  const input = planInput({
    policy: hotfix,
    calendars: {
      rests: { ...closed, businessDays: { except: ['own'] } },
      works: { ...closed },
    },
  });
  const sideOf = sidesIn(input);
  const answerOf = (differences: Partial<PlanClient>): string => {
    const { agreedAt } = sideOf(planClient('ash', { consent: 'approve', ...differences }));
    return instantOf(agreedAt).slice(0, 16);
  };

  expect(answerOf({ calendarId: null })).toBe('2026-11-25T22:00');
  expect(answerOf({ calendarId: 'rests' })).toBe('2026-11-26T22:00');
  expect(answerOf({ calendarId: 'works' })).toBe('2026-11-25T22:00');
  expect(answerOf({ calendarId: null, zone: 'America/Los_Angeles' })).toBe('2026-11-26T01:00');
  expect(answerOf({ calendarId: 'rests', zone: 'America/Los_Angeles' })).toBe('2026-11-27T01:00');
});

it('tells by the lead of the policy, and by what was agreed as well', () => {
  const sideOf = sidesIn(planInput({ policy: hotfix }));
  const leadsOf = (agreedLead: PlanClient['agreedLead']) =>
    sideOf(planClient('ash', { agreedLead })).terms.leads;

  expect(leadsOf(null)).toEqual([{ businessDays: 1 }]);
  expect(leadsOf({ days: 3 })).toEqual([{ businessDays: 1 }, { days: 3 }]);
});

it('goes by usual weeks for a client that has no calendar', () => {
  const { terms } = sidesIn(planInput())(planClient('ash', { zone: 'America/Los_Angeles' }));

  expect(terms.time.zone).toBe('America/Los_Angeles');
  expect(terms.time.calendar).toMatchObject({ zone: 'UTC', holidays: {}, allow: [], deny: [] });
});

it('reads a calendar once, for whatever layer', () => {
  const calendarOf = calendarsOf(planInput());

  const vendor = calendarOf('vendor', 'support-days');
  const policy = calendarOf('policy', 'support-days');

  expect([vendor.layer, policy.layer]).toEqual(['vendor', 'policy']);
  expect(policy.calendar).toBe(vendor.calendar);
  expect(calendarOf('policy', 'emergency').calendar).not.toBe(vendor.calendar);
});

it('spends the same day on an answer however late on it a preview is ready', () => {
  const input = planInput({ policy: hotfix });
  const sideOf = clientSides(input, calendarsOf(input));
  const client = planClient('ash', { consent: 'approve', stage: 'on-preview' });
  const answerAfter = (preview: string): string =>
    instantOf(sideOf(client, Date.parse(parseInstant(preview))).agreedAt);

  expect(answerAfter('2026-11-24T17:00:00Z')).toBe('2026-11-25T22:00:00.000Z');
  expect(answerAfter('2026-11-25T04:59:00Z')).toBe('2026-11-25T22:00:00.000Z');
  expect(answerAfter('2026-11-25T05:00:00Z')).toBe('2026-11-26T22:00:00.000Z');
});
