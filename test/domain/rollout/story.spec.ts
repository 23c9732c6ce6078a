import { expect, it } from '@jest/globals';
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
