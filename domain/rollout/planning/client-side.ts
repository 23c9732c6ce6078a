import { type CalendarLayer, layerFrom } from '../../calendar/calendar-layer.ts';
import { answerDeadline, type ClientTime } from '../../calendar/notice-deadline.ts';
import { durationMs } from '../../duration.ts';
import { epochMsOf, instantOf } from '../../instant.ts';
import type { PlanClient, PlanInput } from '../plan-input.ts';
import { type NoticeTerms } from './notice-of-slot.ts';

/** The client's strand, as planned: when its preview is deployed, and when it agreed at the latest. */
export interface ClientSide {
  readonly previewAt: number;
  /** When an answer is expected at the latest; null when none is awaited any more. */
  readonly answerBy: number | null;
  readonly agreedAt: number;
  readonly terms: NoticeTerms;
}

/** A calendar read once per plan; the layer's name does not change what it says. */
export type CalendarOf = (layer: string, id: string) => CalendarLayer;

/** Reads each calendar document of an input once. */
export function calendarsOf(input: Pick<PlanInput, 'calendars'>): CalendarOf {
  const read = new Map<string, CalendarLayer>();
  return (layer, id) => {
    const known = read.get(id) ?? layerFrom(layer, input.calendars[id]);
    read.set(id, known);
    return { ...known, layer };
  };
}

/** Answers the client's strand for a preview time; the same question about time is computed once. */
export function clientSides(
  input: PlanInput,
  calendarOf: CalendarOf,
): (client: PlanClient, previewAt: number) => ClientSide {
  const plain = layerFrom('client', { zone: 'UTC' }).calendar;
  const answers = new Map<string, number>();
  const allowance = durationMs(input.policy.previewAllowance);
  const answerOf = (ready: number, client: PlanClient, time: ClientTime): number => {
    const key = JSON.stringify([ready, client.zone, client.calendarId]);
    const known =
      answers.get(key) ??
      epochMsOf(answerDeadline(instantOf(ready), input.policy.answerWithin, time));
    answers.set(key, known);
    return known;
  };
  return (client, previewAt) => {
    const { calendarId, zone, agreedLead } = client;
    const calendar = calendarId === null ? plain : calendarOf('client', calendarId).calendar;
    const time = { calendar, zone };
    const leads = agreedLead === null ? [input.policy.lead] : [input.policy.lead, agreedLead];
    const terms = { leads, time };
    if (client.stage === 'agreed') {
      return { previewAt, answerBy: null, agreedAt: previewAt, terms };
    }
    const ready = needsPreview(input, client) ? previewAt + allowance : previewAt;
    if (client.consent === 'inform') return { previewAt, answerBy: null, agreedAt: ready, terms };
    const answerBy = answerOf(ready, client, time);
    return { previewAt, answerBy, agreedAt: answerBy, terms };
  };
}

/** Whether the preview still lies ahead of a client. */
export function needsPreview({ policy }: PlanInput, { stage }: PlanClient): boolean {
  return stage === 'new' && policy.previewRequired;
}
