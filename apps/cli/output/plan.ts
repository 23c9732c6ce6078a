import type { components } from '../generated/api.ts';
import { localMoment, moment } from './moment.ts';
import { facts, table } from './table.ts';

type Plan = components['schemas']['Plan'];

/** A plan as people read it: first who has no date and what would help, then everybody, then how full the days are. */
export function describePlan(plan: Plan): string {
  return [
    facts({
      Plan: plan.id,
      Change: plan.build === null ? `${plan.change} (no build yet)` : plan.change,
      Policy: plan.policy,
      Summary: plan.summary,
    }),
    ...plan.likeDiffers.map((each) => `Differs from the rollout it follows: ${each}`),
    ...unplaced(plan),
    '',
    table(plan.clients, {
      CLIENT: ({ key }) => key,
      COHORT: ({ cohort }) => cohort,
      CONSENT: ({ consent }) => consent,
      PREVIEW: ({ previewAt }) => moment(previewAt),
      'ANSWER BY': ({ answerBy }) => moment(answerBy),
      NOTICE: ({ noticeAt }) => moment(noticeAt),
      PRODUCTION: ({ localStart, zone }) => localMoment(localStart, zone),
      DIFFERS: ({ differs }) => differs.join('; '),
    }),
    ...plan.warnings.map(({ name, warning }) => `Warning: ${name}: ${warning}`),
    ...capacity(plan),
    '',
    `Start it: daymark rollouts start ${plan.id} --hash ${plan.hash}`,
  ].join('\n');
}

function unplaced({ clients }: Plan): readonly string[] {
  return clients
    .filter(({ placed }) => !placed)
    .flatMap(({ name, reasons, relaxation }) => [
      '',
      `No date for ${name}:`,
      ...reasons.map((reason) => `  ${reason}`),
      ...(relaxation === null ? [] : [`  It would have one ${relaxation.text}`]),
    ]);
}

function capacity({ capacity: days }: Plan): readonly string[] {
  return days.length === 0
    ? []
    : [
        '',
        ...days.map(({ date, slots, busiest, limit }) => dayLine(date, { slots, busiest, limit })),
      ];
}

/** `2026-11-25  ███░░  12 slots, at most 3 of 5 at once`. */
function dayLine(
  date: string,
  { slots, busiest, limit }: { slots: number; busiest: number; limit: number },
): string {
  const width = 20;
  const full = Math.min(width, Math.round((busiest / limit) * width));
  const bar = '█'.repeat(full) + '░'.repeat(width - full);
  return `${date}  ${bar}  ${slots === 1 ? '1 slot' : `${slots} slots`}, at most ${busiest} of ${limit} at once`;
}
