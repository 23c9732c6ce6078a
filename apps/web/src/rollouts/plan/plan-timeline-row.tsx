import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { PlanRow } from '../../api/types.ts';
import { placeOf, readAt } from '../../parts/moment.tsx';
import { shortLocal } from '../../words/dates.ts';
import { consentWords, noAnswerWords, sentence } from '../../words/terms.ts';
import { placeIn, type PlanSpan } from './plan-rows.ts';
import classes from './plan-timeline.module.css';

interface PlanTimelineRowProps {
  readonly row: PlanRow;
  readonly span: PlanSpan;
}

/** One client of a plan: its dates on the days, and in what it differs. */
export function PlanTimelineRow({ row, span }: PlanTimelineRowProps): ReactElement {
  const marks = marksOf(row);
  const words = marks.map(({ words: each, at }) => `${each} ${readAt(at, row.zone)}`).join(', ');
  const [first, last] = [marks[0], marks.at(-1)];
  return (
    <>
      <div role="cell" className={classes['client']}>
        <Text size="sm" fw={600} truncate>
          {row.name}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {askedOf(row)} · {row.cohort}
        </Text>
      </div>
      <div role="cell" className={classes['track']}>
        {first === undefined || last === undefined ? (
          <span className={classes['nothing']}>no date</span>
        ) : (
          <span role="img" aria-label={words} title={words} className={classes['marks']}>
            <span
              className={classes['line']}
              style={{
                insetInlineStart: `${placeIn(span, first.at)}%`,
                inlineSize: `${placeIn(span, last.at) - placeIn(span, first.at)}%`,
              }}
            />
            {marks.map(({ mark, at }) => (
              <i
                key={mark}
                className={classes['mark']}
                data-mark={mark}
                style={{ insetInlineStart: `${placeIn(span, at)}%` }}
              />
            ))}
          </span>
        )}
      </div>
      <div role="cell">
        <SlotText row={row} />
      </div>
      <div role="cell" className={classes['differs']}>
        {notesOf(row).map((text) => (
          <Text key={text} size="xs">
            {sentence(text)}
          </Text>
        ))}
      </div>
    </>
  );
}

function SlotText({ row }: { readonly row: PlanRow }): ReactElement {
  if (row.localStart === null) {
    return (
      <Text size="sm" fw={600} c="signal">
        Not placed
      </Text>
    );
  }
  return (
    <>
      <Text size="sm">{shortLocal(row.localStart)}</Text>
      <Text size="xs" c="dimmed">
        {placeOf(row.zone)}
        {row.pinned !== null && (row.pinned === 'client' ? ' · chosen by the client' : ' · fixed')}
        {row.kept && ' · keeps its date'}
      </Text>
    </>
  );
}

interface Mark {
  readonly mark: 'preview' | 'answer' | 'notice' | 'slot';
  readonly words: string;
  readonly at: string;
}

function marksOf({ previewAt, answerBy, noticeAt, slotStart }: PlanRow): readonly Mark[] {
  const marks = [
    { mark: 'preview', words: 'Preview', at: previewAt },
    { mark: 'answer', words: 'answer by', at: answerBy },
    { mark: 'notice', words: 'told', at: noticeAt },
    { mark: 'slot', words: 'slot', at: slotStart },
  ] as const;
  return marks
    .flatMap(({ at, ...mark }): readonly Mark[] => (at === null ? [] : [{ ...mark, at }]))
    .toSorted((one, other) => one.at.localeCompare(other.at));
}

function askedOf({ consent, noAnswerRule }: PlanRow): string {
  const asked = consentWords[consent].toLowerCase();
  return consent === 'inform' ? asked : `${asked}, no answer: ${noAnswerWords[noAnswerRule]}`;
}

function notesOf(row: PlanRow): readonly string[] {
  if (!row.placed) return row.reasons;
  return [
    ...(row.whyMoved === null ? [] : [row.whyMoved]),
    ...row.differs,
    ...(row.missingTranslation ? ['no release notes in its language'] : []),
  ];
}
