import { Body, Controller, Get, Param, Post, Put, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { Needs, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers } from '../http/answers.ts';
import { Idempotent } from '../http/idempotent.ts';
import { BuildsService } from './builds.service.ts';
import {
  type AssessmentBody,
  assessmentBody,
  buildView,
  changeList,
  changeView,
  type NewBuildBody,
  newBuildBody,
  type NewChangeBody,
  newChangeBody,
  type NotesBody,
  notesBody,
  type NotesPath,
  notesPath,
  qaBody,
  type VersionPath,
  versionPath,
} from './changes.schemas.ts';
import { ChangesService } from './changes.service.ts';

/** What is rolled out, and its builds. */
@Controller('v1')
export class ChangesController {
  constructor(
    private readonly changes: ChangesService,
    private readonly builds: BuildsService,
  ) {}

  @Get('changes')
  @Needs('read-changes')
  @Answers(changeList)
  async listChanges(): Promise<Answer<typeof changeList>> {
    return { items: await this.changes.list() };
  }

  @Post('changes')
  @Needs('manage')
  @Idempotent()
  @Answers(changeView, 201)
  async createChange(
    @Body({ schema: newChangeBody }) body: NewChangeBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof changeView>> {
    return await this.changes.create(body, caller);
  }

  @Get('changes/:version')
  @Needs('read-changes')
  @Answers(changeView)
  async showChange(
    @Param({ schema: versionPath }) { version }: VersionPath,
  ): Promise<Answer<typeof changeView>> {
    return await this.changes.show(version);
  }

  @Post('changes/:version/builds')
  @Needs('announce')
  @Idempotent('required-of-tokens')
  @Answers(buildView, 201)
  @ApiResponse({ status: 200, standardSchema: buildView, description: 'The same build again' })
  async announceBuild(
    @Param({ schema: versionPath }) { version }: VersionPath,
    @Body({ schema: newBuildBody }) body: NewBuildBody,
    @TheCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer<typeof buildView>> {
    const { build, isNew } = await this.builds.announce(version, body, caller);
    response.status(isNew ? 201 : 200);
    return build;
  }

  @Post('changes/:version/assessments')
  @Needs('manage')
  @Idempotent()
  @Answers(changeView, 201)
  async assessChange(
    @Param({ schema: versionPath }) { version }: VersionPath,
    @Body({ schema: assessmentBody }) body: AssessmentBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof changeView>> {
    return await this.changes.assess(version, body, caller);
  }

  @Put('builds/:version/notes/:locale')
  @Needs('announce')
  @Answers(buildView)
  async translateNotes(
    @Param({ schema: notesPath }) path: NotesPath,
    @Body({ schema: notesBody }) body: NotesBody,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof buildView>> {
    return await this.builds.translate(path, body, caller);
  }

  @Post('builds/:version/qa')
  @Needs('announce')
  @Idempotent()
  @Answers(buildView)
  async passQa(
    @Param({ schema: versionPath }) { version }: VersionPath,
    @Body({ schema: qaBody }) _body: unknown,
    @TheCaller() caller: Caller,
  ): Promise<Answer<typeof buildView>> {
    return await this.builds.passQa(version, caller);
  }
}
