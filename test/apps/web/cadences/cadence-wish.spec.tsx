import { describe, expect, it } from '@jest/globals';
import {
  asCadence,
  type CadenceDocument,
  daysOf,
  describeCadence,
  selectorOf,
} from '../../../../apps/web/src/cadences/cadence-document.ts';
import {
  documentOf,
  emptyWish,
  missingIn,
  wishOf,
} from '../../../../apps/web/src/cadences/cadence-wish.ts';
import type { Selector } from '../../../../apps/web/src/calendars/document/calendar-document.ts';
import type { LocalDate } from '../../../../domain/instant.ts';
import { nextCadenceDates, readCadence } from '../../../../domain/rollout/cadence.ts';

const today = '2026-11-25';
const secondThursday: Selector = { monthly: { nth: 2, weekday: 'thu' } };

function aCadence(part: Partial<CadenceDocument> = {}): CadenceDocument {
  return { title: 'Monthly', zone: 'America/Toronto', on: secondThursday, ...part };
}

describe('the form of a cadence', () => {
  it.each<readonly [string, Partial<CadenceDocument>]>([
    ['a weekday of the month', {}],
    ['some months', { on: { monthly: { nth: -1, weekday: 'tue', months: [3, 9] } } }],
    ['every so many weeks', { on: { every: { since: '2026-10-06', weeks: 2 } } }],
    ['a day of the month', { on: { monthDays: [15] } }],
    ['the last day of the month', { on: { monthDays: [-1] } }],
    ['days that only a text says', { on: { any: [{ monthDays: [1] }, { monthDays: [31] }] } }],
    ['an end', { on: selectorOf({ on: secondThursday, lastDay: '2027-06-30' }) }],
    ['all it takes over', { policy: 'visible-release', like: 'r1', clients: { tags: ['big'] } }],
    ['reporters', { clients: { reporters: true } }],
    ['a selection that no form shows', { clients: { all: true, tags: ['big'] } }],
  ])('writes a stored cadence again as it was: %s', (_, part) => {
    const document = aCadence(part);

    expect(documentOf(wishOf('monthly', document, today))).toEqual(document);
  });

  it.each([
    [{ name: '' }, 'Give it a name.'],
    [{ name: 'old' }, 'There is a cadence of this name.'],
    [{ title: ' ' }, 'Give it a title.'],
    [{ pattern: 'text', yaml: 'monthly: {' }, 'Say on which days.'],
    [{ pattern: 'weeks', weeks: Number.NaN }, 'Say on which days.'],
    [{ pattern: 'weeks', since: '' }, 'Say on which days.'],
    [{ whom: 'tags' }, 'Say for which clients.'],
    [{ whom: 'keys' }, 'Say for which clients.'],
    [{}, null],
  ] as const)('says what is missing: %j', (part, missing) => {
    const wish = { ...emptyWish('UTC', today), name: 'new', title: 'New', ...part };

    expect(missingIn(wish, ['old'])).toBe(missing);
  });
});

describe('the end of a cadence', () => {
  const ended = selectorOf({ on: secondThursday, lastDay: '2027-02-11' });

  it('leaves out every day after the last one, and the server reads it so', () => {
    const reading = readCadence(asCadence({ ...aCadence({ on: ended }) }));

    const dates =
      reading.kind === 'readable' ? nextCadenceDates(reading.cadence, today as LocalDate, 9) : [];

    expect(dates).toEqual(['2026-12-10', '2027-01-14', '2027-02-11']);
  });

  it('is read apart from the days', () => {
    expect(daysOf(ended)).toEqual({ on: secondThursday, lastDay: '2027-02-11' });
    expect(describeCadence({ on: ended })).toBe(
      'The second Thursday of the month, until 11 Feb 2027',
    );
  });

  it.each<Selector>([
    { all: [secondThursday] },
    { all: [secondThursday, { not: { every: { since: '2027-01-01', weeks: 1 } } }] },
    { all: [secondThursday, { not: { months: [7] } }] },
    { all: [secondThursday, { months: [1] }, { not: { every: { since: today, days: 1 } } }] },
  ])('is none where something else is said: %j', (on) => {
    expect(daysOf(on)).toEqual({ on, lastDay: null });
  });
});
