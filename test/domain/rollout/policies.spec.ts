import { validateCalendar } from '../../../domain/calendar/validate-calendar.ts';
import { assignCohorts } from '../../../domain/rollout/assign-cohorts.ts';
import { choosePolicy } from '../../../domain/rollout/choose-policy.ts';
import { seededCalendars } from '../../../domain/rollout/seeded-calendars.ts';
import { demoPolicy, seededPolicies } from '../../../domain/rollout/seeded-policies.ts';
import { validateCohortRules, validatePolicy } from '../../../domain/rollout/validate-policy.ts';

it.each([...seededPolicies, demoPolicy].map((policy) => [policy.name, policy] as const))(
  'seeds a policy that may be saved: %s',
  (_, policy) => {
    expect(validatePolicy(policy)).toEqual([]);
  },
);

it.each(seededCalendars.map((calendar) => [calendar.calendar, calendar] as const))(
  'seeds a calendar that may be saved: %s',
  (_, calendar) => {
    expect(validateCalendar(calendar)).toEqual([]);
  },
);

it('seeds every policy that may be chosen', () => {
  const impacts = ['transparent', 'visible', 'action needed', null] as const;
  const chosen = impacts.flatMap((impact) => [
    choosePolicy({ kind: 'release', critical: false, impact }),
    choosePolicy({ kind: 'hotfix', critical: false, impact }),
    choosePolicy({ kind: 'hotfix', critical: true, impact }),
  ]);

  const names = new Set(chosen.filter((name) => name !== null));
  expect(names).toEqual(new Set(seededPolicies.map(({ name }) => name)));
});

it.each([
  ['release', false, 'transparent', 'transparent-release'],
  ['release', false, 'visible', 'visible-release'],
  ['release', true, 'action needed', 'action-release'],
  ['release', false, null, null],
  ['hotfix', false, null, 'hotfix'],
  ['hotfix', true, 'visible', 'critical-hotfix'],
] as const)(
  'chooses for a %s (critical: %s, impact: %s) the policy %s',
  (kind, critical, impact, name) => {
    expect(choosePolicy({ kind, critical, impact })).toBe(name);
  },
);

it.each<readonly [string, Record<string, unknown>, string]>([
  ['a field it does not know', { leed: { days: 1 } }, 'leed'],
  ['a missing field', { lead: undefined }, 'lead'],
  ['a lead in two units', { lead: { days: 1, hours: 2 } }, 'lead'],
  ['a lead below nothing', { lead: { days: -1 } }, 'lead.days'],
  ['a lead that is no duration', { lead: { duration: '45 min' } }, 'lead.duration'],
  ['a threshold above everybody', { thresholdPercent: 101 }, 'thresholdPercent'],
  ['a worst case of nothing', { worstCase: 'PT0S' }, 'worstCase'],
  ['a consent it does not know', { consent: 'maybe' }, 'consent'],
  ['half a place', { maxInFlight: 0.5 }, 'maxInFlight'],
  ['a name with spaces', { name: 'My policy' }, 'name'],
  ['a misspelt probe field', { probes: { times: 3, intervall: 'PT1S' } }, 'probes.intervall'],
  ['no cohort', { cohorts: [] }, 'cohorts'],
  ['cohorts that leave clients out', { cohorts: [{ name: 'Pilot', tags: ['pilot'] }] }, 'cohorts'],
  [
    'the rest before others',
    {
      cohorts: [
        { name: 'A', rest: true },
        { name: 'B', tags: ['b'] },
      ],
    },
    'cohorts',
  ],
  [
    'two cohorts of one name',
    {
      cohorts: [
        { name: 'A', tags: ['a'] },
        { name: 'A', rest: true },
      ],
    },
    'cohorts[1].name',
  ],
  [
    'an empty list of tags',
    {
      cohorts: [
        { name: 'A', tags: [] },
        { name: 'B', rest: true },
      ],
    },
    'cohorts[0].tags',
  ],
])('refuses %s and says where', (_, difference, path) => {
  const problems = validatePolicy({ ...demoPolicy, ...difference });

  expect(problems.map((each) => each.path)).toContain(path);
});

it('refuses what is no policy at all', () => {
  expect(validatePolicy(null)).toEqual([{ path: '', message: 'the policy must be an object' }]);
  expect(validateCohortRules('all')).toHaveLength(1);
});

it('takes a client by any of the tags of a rule, and by its report only where a rule says so', () => {
  const rules = [
    { name: 'Pilot', tags: ['pilot', 'friend'] },
    { name: 'Reporters', reporters: true },
    { name: 'Rest', rest: true },
  ];
  const members = [
    { tags: ['friend'], reported: true },
    { tags: [], reported: true },
    { tags: ['city'], reported: false },
  ];

  expect(assignCohorts(rules, members).cohortOf).toEqual([0, 1, 2]);
});

it('puts each client into the first cohort that takes it and leaves out empty cohorts', () => {
  const rules = [
    { name: 'Reporters', reporters: true },
    { name: 'Pilot', tags: ['pilot'], maxInFlight: 2 },
    { name: 'Staged', tags: ['staged'] },
    { name: 'Rest', rest: true },
  ];
  const members = [
    { tags: [], reported: false },
    { tags: ['pilot'], reported: true },
    { tags: ['city', 'pilot'], reported: false },
  ];

  expect(assignCohorts(rules, members)).toEqual({
    cohorts: [
      { name: 'Reporters', maxInFlight: null },
      { name: 'Pilot', maxInFlight: 2 },
      { name: 'Rest', maxInFlight: null },
    ],
    cohortOf: [2, 0, 1],
  });
});
