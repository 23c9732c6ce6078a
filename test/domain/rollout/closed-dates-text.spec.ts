import { expect, it } from '@jest/globals';
import type { Instant } from '../../../domain/instant.ts';
import type { ClosedDate } from '../../../domain/rollout/closed-dates.ts';
import { closedDatesText } from '../../../domain/rollout/closed-dates-text.ts';

const yearEnd = { layer: 'vendor', rule: 'Year-end freeze' };

function closedFor(key: string, more: Partial<ClosedDate> = {}): ClosedDate {
  return { key, reasons: [yearEnd], wasTold: false, ...more };
}

function moveOf(key: string) {
  const at = '2027-01-12T20:00:00.000Z' as Instant;
  const local = { fromLocal: null, toLocal: '2027-01-12T15:00:00' };
  return { key, name: key, from: null, to: at, ...local, reason: 'closed', toldAgain: false };
}

it('says how many and who, who was told, and what the planner proposes', () => {
  const closed = [closedFor('alma', { wasTold: true }), closedFor('bern')];
  const loss = { key: 'bern', name: 'Bern', reasons: [], relaxation: null };
  const { text, fact } = closedDatesText(closed, { moves: [moveOf('alma')], unplaced: [loss] });

  expect(text).toBe(
    "2 clients' dates are closed by Year-end freeze (vendor): alma, bern. Told already: alma. Plan them again: alma to 2027-01-12 15:00, no date for bern.",
  );
  expect(text.startsWith(fact)).toBe(true);
});

it('names each rule once, and speaks of one client as of one', () => {
  const own = { layer: 'freeze', rule: 'own freeze: stocktaking' };
  const { text } = closedDatesText([closedFor('alma', { reasons: [yearEnd, own, yearEnd] })], null);

  expect(text).toBe(
    "1 client's date is closed by Year-end freeze (vendor), own freeze: stocktaking (freeze): alma. It was not told its date yet. Plan it again.",
  );
});

it('counts those it does not name', () => {
  const closed = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => closedFor(key));
  const { text } = closedDatesText(closed, { moves: [], unplaced: [] });

  expect(text).toBe(
    "7 clients' dates are closed by Year-end freeze (vendor): a, b, c, d, e and 2 more. None of them was told a date. Plan them again.",
  );
});
