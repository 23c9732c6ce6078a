import { expect, it } from '@jest/globals';
import { type EventKind, eventWords } from '../../../domain/rollout/event-words.ts';
import { sentenceOf, type StoryEvent } from '../../../domain/rollout/story.ts';

const event: StoryEvent = {
  kind: 'client-rollout.held',
  actor: 'pm@parkwise.example',
  cause: 'their fair is on',
  clientName: 'Harbour',
  facts: {},
};

it.each<[string, Partial<StoryEvent>, string]>([
  ['who, whom and why', {}, 'Pm@parkwise.example put Harbour on hold: their fair is on'],
  ['no reason where none is known', { cause: null }, 'Pm@parkwise.example put Harbour on hold'],
  [
    'a fact by its name',
    { kind: 'cohort.open', facts: { cohort: 'Pilot' }, cause: null },
    'Cohort Pilot was opened',
  ],
  [
    'us by our name',
    { kind: 'rollout.paused', actor: 'daymark' },
    'Daymark paused the rollout: their fair is on',
  ],
  [
    'a refused attempt',
    { kind: 'refused.plan-again', cause: 'too late' },
    'Pm@parkwise.example was refused to plan again: too late',
  ],
  [
    'what was agreed',
    { kind: 'agreement.made', cause: null, facts: { title: 'told 10 days before the date' } },
    'Pm@parkwise.example wrote down what Harbour agreed: told 10 days before the date',
  ],
  [
    'which revision was saved',
    { kind: 'calendar.saved', facts: { calendar: 'support-days', revision: 3 } },
    'Pm@parkwise.example saved calendar support-days as revision 3',
  ],
  [
    'whose calendar counts',
    { kind: 'calendar.used', facts: { whose: 'harbour', calendar: null } },
    'Pm@parkwise.example changed the calendar of harbour',
  ],
  [
    'a mail that was not sent',
    { kind: 'mail.not-sent', cause: 'HTTP 429', facts: { mail: 'notice', recipient: 'Mara Voss' } },
    'The mail (notice) for Mara Voss at Harbour was not sent and is tried again: HTTP 429',
  ],
  [
    'which of several readers a mail was for',
    {
      kind: 'mail.delivered',
      facts: { mail: 'approval-recorded', recipient: 'Mara Voss' },
    },
    'The mail (approval recorded) for Mara Voss at Harbour was delivered',
  ],
  [
    'a mail by its client alone when nobody knows for whom it was',
    { kind: 'mail.delivered', facts: { mail: 'notice' } },
    'The mail (notice) for Harbour was delivered',
  ],
  ['a kind without words by its name', { kind: 'moon.risen', cause: null }, 'Moon risen (Harbour)'],
  [
    'braces and brackets of a person as they are',
    { cause: 'see {actor} [here]' },
    'Pm@parkwise.example put Harbour on hold: see {actor} [here]',
  ],
])('tells %s', (_, over, sentence) => {
  expect(sentenceOf({ ...event, ...over })).toBe(sentence);
});

it('takes no kind that has no words', () => {
  // @ts-expect-error whoever records a new kind of event has to write its words first
  const kind: EventKind = 'moon.risen';

  expect(Object.keys(eventWords)).not.toContain(kind);
});

it.each(Object.keys(eventWords))('needs of %s only what is recorded with it', (kind) => {
  const named = [
    ...eventWords[kind as EventKind].replace(/\[[^\]]*\]/g, '').matchAll(/\{(\w+)\}/g),
  ];
  const always = new Set(['actor', 'client', ...(factsOf[kind.split('.')[0] ?? ''] ?? [])]);

  expect(named.map(([, name = '']) => name).filter((name) => !always.has(name))).toEqual([]);
});

/** What each event about such a thing is recorded with. */
const factsOf: Readonly<Record<string, readonly string[]>> = {
  attention: ['cause'],
  build: ['version', 'locale'],
  cadence: ['cadence'],
  calendar: ['calendar', 'whose'],
  change: ['version', 'impact'],
  'client-request': ['asked'],
  cohort: ['cohort'],
  deployer: ['deployer'],
  mail: ['mail'],
  policy: ['policy'],
  token: ['name'],
};
