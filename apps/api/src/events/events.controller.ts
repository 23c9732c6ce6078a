import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  readEventsAfter,
  readNewestPosition,
  type StreamEvent,
} from '../../../../database/read-models/story.read-model.ts';
import { Needs } from '../access/needs.ts';
import { Backend } from '../backend.ts';
import { numberIn } from '../http/forms.ts';
import { Problem } from '../http/problem.ts';
import { type EventsQuery, eventsQuery } from './events.schemas.ts';

const heartbeatMs = 15_000;
const batchSize = 500;

/** The live stream: it says what changed, and the screen loads that again. */
@Controller('v1/events')
export class EventsController {
  constructor(private readonly backend: Backend) {}

  @Get()
  @Needs('read')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'Events by position' })
  async streamEvents(
    @Query({ schema: eventsQuery }) query: EventsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (!this.backend.isOpen()) throw new Problem(503, 'CLOSING', 'Ask again in a moment');
    const { pool } = this.backend.database;
    const since = numberIn(request.headers['last-event-id']?.toString() ?? query.after);
    let position = since ?? (await readNewestPosition(pool));
    response.status(200);
    response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Accel-Buffering', 'no');
    response.write('retry: 2000\n\n');
    const send = (events: readonly StreamEvent[]): void => {
      for (const event of events) {
        if (event.position <= position) continue;
        position = event.position;
        response.write(`id: ${position}\nevent: change\ndata: ${JSON.stringify(event)}\n\n`);
      }
    };
    // What arrives while the past is still being read waits, so that the order holds.
    const arrived: StreamEvent[] = [];
    let isCaughtUp = false;
    const stop = this.backend.feed.listen((events) => {
      if (isCaughtUp) send(events);
      else arrived.push(...events);
    });
    const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
    const forget = this.backend.streams.add(response);
    response.on('close', () => {
      clearInterval(heartbeat);
      stop();
      forget();
    });
    await this.catchUp(position, send);
    isCaughtUp = true;
    send(arrived);
  }

  private async catchUp(
    from: number,
    send: (events: readonly StreamEvent[]) => void,
  ): Promise<void> {
    for (let position = from; ;) {
      const events = await readEventsAfter(this.backend.database.pool, position, batchSize);
      const last = events.at(-1);
      if (last === undefined) return;
      send(events);
      position = last.position;
    }
  }
}
