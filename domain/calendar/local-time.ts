import type { LocalDate } from '../instant.ts';

/**
 * Dates as whole days since 1970-01-01, wall clock times as the milliseconds they would be in UTC:
 * arithmetic without a zone, so that only `zone-table.ts` knows about clock changes.
 */
export const dayMs = 86_400_000;

/** Days of the week, in the order in which they follow 1970-01-01's Thursday. */
export const weekdays = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const;

/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

/** The first day that can be written: 1 January of the year 1. */
export const firstDay = -719_162;

/** The last day that can be written: 31 December 9999. */
export const lastDay = 2_932_896;

/** The day of a date, counted from 1970-01-01. */
export function dayOf(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

/** The date of a day counted from 1970-01-01. */
export function dateOf(day: number): LocalDate {
  return new Date(day * dayMs).toISOString().slice(0, 10) as LocalDate;
}

/** The day of the week of a day counted from 1970-01-01. */
export function weekdayOf(day: number): Weekday {
  return weekdays[((day % 7) + 7) % 7] ?? 'thu';
}

/** The day on which a wall clock time lies. */
export function dayOfLocalMs(localMs: number): number {
  return Math.floor(localMs / dayMs);
}

/** Whether the text is a date that exists, `YYYY-MM-DD`. */
export function isLocalDate(text: unknown): text is LocalDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const epochMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(text);
}

/** Milliseconds of a wall clock time `YYYY-MM-DDTHH:MM[:SS]`, nothing when it is none. */
export function localMsOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::([0-5]\d))?$/.exec(text);
  const [, date, time, seconds = '00'] = match ?? [];
  if (!isLocalDate(date)) return undefined;
  const minutes = minutesOf(time);
  if (minutes === undefined || minutes === 24 * 60) return undefined;
  return dayOf(date) * dayMs + minutes * 60_000 + Number(seconds) * 1000;
}

/** `YYYY-MM-DDTHH:MM:SS` of a wall clock time. */
export function localTextOf(localMs: number): string {
  return new Date(localMs).toISOString().replace(/\.\d{3}Z$/, '');
}

/** Minutes after midnight of `HH:MM`, `24:00` included; nothing when it is no time of day. */
export function minutesOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  if (text === '24:00') return 24 * 60;
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}
