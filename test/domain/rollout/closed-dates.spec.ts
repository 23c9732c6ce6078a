import { expect, it } from '@jest/globals';
import { parseInstant } from '../../../domain/instant.ts';
import { closedDates } from '../../../domain/rollout/closed-dates.ts';
import type { PlanClient } from '../../../domain/rollout/plan-input.ts';
import { planClient, planInput } from './plan-input-of.ts';

const start = parseInstant('2026-12-10T01:00:00Z');
const slot = { start, latestEnd: parseInstant('2026-12-10T04:00:00Z') };
const freeze = {
  zone: 'client',
  allow: 'always',
  deny: [{ name: 'stocktaking', between: ['2026-12-08T00:00', '2026-12-15T00:00'] }],
};
const calendars = { ...planInput().calendars, freeze };

/** What is closed for a client in its freeze, or for one without. */
function closedOf(dates: Partial<PlanClient>, isFrozen = true, more = {}) {
  const layers: PlanClient['layers'] = isFrozen ? [{ layer: 'freeze', calendarId: 'freeze' }] : [];
  const clients = [planClient('ash', { ...dates, layers })];
  return closedDates(planInput({ calendars, clients, ...more }));
}

it.each<readonly [string, Partial<PlanClient>, boolean]>([
  ['was told', { keeps: { ...slot, why: 'told' } }, true],
  ['the client chose', { pinned: { ...slot, by: 'client' } }, false],
  ['nobody was told', { current: slot }, false],
])('names a date that %s, with the rule that closes it', (_, dates, wasTold) => {
  const reasons = [expect.objectContaining({ layer: 'freeze', rule: 'stocktaking' })];

  expect(closedOf(dates)).toEqual([{ key: 'ash', reasons, wasTold }]);
  expect(closedOf(dates, false)).toEqual([]);
});

it('leaves out what has begun, who has no date, and a date that is over', () => {
  const later = { plannedAt: parseInstant('2026-12-10T03:59:00Z') };

  expect(closedOf({ keeps: { ...slot, why: 'begun' } })).toEqual([]);
  expect(closedOf({})).toEqual([]);
  expect(closedOf({ current: slot }, true, later)).toEqual([]);
});
