import { Injectable } from '@nestjs/common';
import {
  calendarIdsOf,
  layersOfClient,
  readCalendarClients,
} from '../../../../database/read-models/calendar-clients.read-model.ts';
import { readCalendarSlots } from '../../../../database/read-models/calendar-slots.read-model.ts';
import { readCalendarRevision } from '../../../../database/stores/calendar.store.ts';
import { CalendarError } from '../../../../domain/calendar/calendar-error.ts';
import type { CalendarLayer } from '../../../../domain/calendar/calendar-layer.ts';
import { explainDays, type Timeline } from '../../../../domain/calendar/explain-days.ts';
import { dateOf, dayOf } from '../../../../domain/calendar/local-time.ts';
import type { WorkScope } from '../../../../domain/calendar/open-stretches.ts';
import { zoneOfCalendar } from '../../../../domain/calendar/rule-windows.ts';
import { readCalendar } from '../../../../domain/calendar/validate-calendar.ts';
import { localDateAt, localToInstant } from '../../../../domain/calendar/zone.ts';
import type { Duration } from '../../../../domain/duration.ts';
import type { LocalDate } from '../../../../domain/instant.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { invalidRequest, notFound, Problem } from '../http/problem.ts';
import { documentOf } from './calendar-text.ts';
import type { ExplainBody, timelineView } from './timeline.schemas.ts';

/** Days of a calendar: when it is open, what closes it, and whose dates lie there. */
@Injectable()
export class TimelineService {
  constructor(private readonly backend: Backend) {}

  async explain(body: ExplainBody): Promise<Answer<typeof timelineView>> {
    const { layers, zone, scope } = await this.subjectOf(body);
    const timeline = timelineOf(() =>
      explainDays(layers, { from: body.from as LocalDate, to: body.to as LocalDate, zone, scope }),
    );
    const after = dateOf(dayOf(timeline.to) + 1);
    const slots = await readCalendarSlots(this.backend.database.pool, {
      from: localToInstant(zone, `${timeline.from}T00:00`).instant,
      to: localToInstant(zone, `${after}T00:00`).instant,
      client: body.client,
      calendar: body.calendar,
    });
    const byDate = Map.groupBy(slots, ({ start }) => localDateAt(zone, start));
    const days = timeline.days.map((day) => ({ ...day, slots: byDate.get(day.date) ?? [] }));
    return { ...timeline, days };
  }

  private async subjectOf(body: ExplainBody): Promise<{
    readonly layers: readonly CalendarLayer[];
    readonly zone: string;
    readonly scope: WorkScope;
  }> {
    const { kind, tags, clientZone, client: key } = body;
    const asked = { kind, tags, clientZone, worstCase: body.worstCase as Duration | undefined };
    if (key !== undefined) {
      const { shelf, database } = this.backend;
      const [client] = await readCalendarClients(database.pool, key);
      if (client === undefined) throw notFound(`client "${key}"`);
      await shelf.fetch(database.pool, calendarIdsOf(client));
      const scope = { ...asked, tags: tags ?? client.tags, clientZone: client.zone };
      return { layers: layersOfClient(client, shelf), zone: client.zone, scope };
    }
    const reading = readCalendar(await this.documentIn(body));
    if (reading.kind === 'unreadable') {
      const errors = reading.problems;
      const detail = `The calendar cannot be explained: ${errors.map((each) => `${each.path}: ${each.message}`).join('; ')}`;
      throw new Problem(422, 'CALENDAR_INVALID', detail, { errors });
    }
    const { calendar } = reading;
    const zone = timelineOf(() => zoneOfCalendar(calendar, clientZone));
    return { layers: [{ layer: 'calendar', calendar }], zone, scope: asked };
  }

  private async documentIn(body: ExplainBody): Promise<unknown> {
    if (body.calendar === undefined) return documentOf(body);
    const stored = await readCalendarRevision(this.backend.database.pool, body.calendar);
    if (stored === null) throw notFound(`calendar "${body.calendar}"`);
    return stored.document;
  }
}

/** A zone that is missing or unknown is the caller's to say. */
function timelineOf<Result extends Timeline | string>(answer: () => Result): Result {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw invalidRequest([{ path: error.at ?? 'calendar', message: error.message }]);
  }
}
