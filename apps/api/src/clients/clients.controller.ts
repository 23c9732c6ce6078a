import { Body, Controller, Get, Header, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type UseCalendarBody, useCalendarBody } from '../calendars/calendars.schemas.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { Idempotent } from '../http/idempotent.ts';
import { ClientImport } from './client-import.service.ts';
import {
  clientPage,
  type ClientsQuery,
  clientsQuery,
  clientView,
  type ImportBody,
  importBody,
  importResult,
  type KeyPath,
  keyPath,
} from './clients.schemas.ts';
import { ClientsService } from './clients.service.ts';

/** The vendor's clients: their sites and people. */
@Controller('v1/clients')
export class ClientsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly imports: ClientImport,
  ) {}

  @Get()
  @Needs('read')
  @Answers(clientPage)
  async listClients(
    @Query({ schema: clientsQuery }) query: ClientsQuery,
  ): Promise<Answer<typeof clientPage>> {
    return await this.clients.list(query);
  }

  @Get('export')
  @Needs('read')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="clients.csv"')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'One row per contact' })
  async exportClients(): Promise<string> {
    return await this.clients.export();
  }

  @Post('import')
  @Needs('manage')
  @Idempotent()
  @Answers(importResult)
  async importClients(
    @Body({ schema: importBody }) body: ImportBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof importResult>> {
    return await this.imports.run(body, caller);
  }

  @Get(':key')
  @Needs('read')
  @Answers(clientView)
  async showClient(
    @Param({ schema: keyPath }) { key }: KeyPath,
  ): Promise<Answer<typeof clientView>> {
    return await this.clients.show(key);
  }

  @Put(':key/calendar')
  @Needs('manage')
  @Answers(clientView)
  async useClientCalendar(
    @Param({ schema: keyPath }) { key }: KeyPath,
    @Body({ schema: useCalendarBody }) body: UseCalendarBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof clientView>> {
    return await this.clients.useCalendar(key, body, caller);
  }
}
