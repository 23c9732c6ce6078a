import { type CalendarLayer, layerFrom } from '../../../../domain/calendar/calendar-layer.ts';
import {
  type RelaxedLayers,
  withFewerPeople,
  withoutOwnFreeze,
  withoutRule,
} from '../../../../domain/rollout/planning/relaxed-rules.ts';

const span = (name: string) => ({ name, between: ['2026-12-01T00:00', '2026-12-08T00:00'] });
const sundays = (name: string) => ({ name, on: { weekdays: ['sun'] } });

const vendor = layerFrom('vendor', {
  zone: 'UTC',
  allow: [{ from: '20:00', to: '23:00' }],
  deny: [span('Fair'), sundays('Sundays')],
});
const policy = layerFrom('policy', { zone: 'UTC', allow: 'always', deny: [span('Summit')] });
const client = layerFrom('client', {
  zone: 'UTC',
  allow: [{ from: '18:00', to: '22:00' }],
  deny: [span('Stocktaking'), sundays('Rest')],
});
const freeze = layerFrom('freeze', { zone: 'UTC', allow: 'always', deny: [sundays('Masses')] });
const layers = [vendor, policy, client, freeze];

/** The denials and allowed times that each layer is left with: `vendor: Fair, Sundays`. */
function leftOf({ layers: left }: RelaxedLayers): readonly string[] {
  return left.map(({ layer, calendar }) => {
    const denials = calendar.deny.map(({ name }) => name).join(', ');
    return `${layer}: ${denials}${calendar.allow === 'always' ? '' : ' in its times'}`;
  });
}

it('lifts each freeze of the client alone: every rule of a freeze, and spans its calendar denies', () => {
  const lifted = withoutOwnFreeze(layers);

  expect(lifted.map(({ what }) => what)).toEqual(['Stocktaking (client)', 'Masses (freeze)']);
  expect(lifted.map(leftOf)).toEqual([
    [
      'vendor: Fair, Sundays in its times',
      'policy: Summit',
      'client: Rest in its times',
      'freeze: Masses',
    ],
    [
      'vendor: Fair, Sundays in its times',
      'policy: Summit',
      'client: Stocktaking, Rest in its times',
      'freeze: ',
    ],
  ]);
});

it('leaves out each other denial alone, then the allowed times of each layer that has some', () => {
  const relaxed = withoutRule(layers);

  expect(relaxed.map(({ what }) => what)).toEqual([
    'Fair (vendor)',
    'Sundays (vendor)',
    'Summit (policy)',
    'Rest (client)',
    'the allowed times (vendor)',
    'the allowed times (client)',
  ]);
  expect(relaxed.map((each) => leftOf(each)[0])).toEqual([
    'vendor: Sundays in its times',
    'vendor: Fair in its times',
    'vendor: Fair, Sundays in its times',
    'vendor: Fair, Sundays in its times',
    'vendor: Fair, Sundays',
    'vendor: Fair, Sundays in its times',
  ]);
  expect(leftOf(relaxed[5] ?? { layers: [], what: '' })[2]).toBe('client: Stocktaking, Rest');
});

it('keeps whose allow rules an agreement replaces, and when', () => {
  const agreed: CalendarLayer = {
    ...layerFrom('agreement', { zone: 'UTC', allow: [sundays('Sundays')], deny: [span('Fair')] }),
    replacesAllow: true,
    valid: { since: '2026-12-01' as never },
  };

  for (const { layers: left } of withoutRule([agreed])) {
    expect(left[0]).toMatchObject({ replacesAllow: true, valid: { since: '2026-12-01' } });
  }
});

it('lowers each need of each team by one person', () => {
  const hours = [{ from: '09:00', to: '17:00' }];
  const coverage = {
    teams: { help: { people: 3, hours }, field: { people: 2, hours } },
    require: {
      during: { help: 3, field: 1 },
      aftercare: { within: 'PT24H', hours: 8, teams: { help: 2, field: 2 } },
    },
  };
  const staffed = layerFrom('vendor', { zone: 'UTC', allow: 'always', coverage });

  const relaxed = withFewerPeople([policy, staffed]);

  expect(relaxed.map(({ what }) => what)).toEqual([
    '2 of help instead of 3 there',
    '0 of field instead of 1 there',
    '1 of help instead of 2 in the hours after',
    '1 of field instead of 2 in the hours after',
  ]);
  const needs = relaxed.map(({ layers: left }) => left[1]?.calendar.coverage);
  expect(needs.map((each) => each?.during.map(({ people }) => people))).toEqual([
    [2, 1],
    [3, 0],
    [3, 1],
    [3, 1],
  ]);
  expect(needs.map((each) => each?.aftercare?.needs.map(({ people }) => people))).toEqual([
    [2, 2],
    [2, 2],
    [1, 2],
    [2, 1],
  ]);
  expect(needs[2]?.aftercare).toMatchObject({ withinMs: 24 * 3_600_000, neededMs: 8 * 3_600_000 });
  expect(relaxed.every(({ layers: left }) => left[0] === policy)).toBe(true);
});

it('lowers nothing where no hours after are asked for', () => {
  const coverage = {
    teams: { help: { people: 1, hours: [{ from: '09:00', to: '17:00' }] } },
    require: { during: { help: 1 } },
  };

  const relaxed = withFewerPeople([layerFrom('vendor', { zone: 'UTC', coverage })]);

  expect(relaxed.map(({ what }) => what)).toEqual(['0 of help instead of 1 there']);
});
