import { Body, Controller, Delete, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Needs, OpenToAll, TheCaller } from '../access/needs.ts';
import type { Caller } from '../access/permissions.ts';
import { type Answer, Answers, AnswersNothing } from '../http/answers.ts';
import { type MeView, meView, type SignInBody, signInBody } from './session.schemas.ts';
import { SessionService } from './session.service.ts';

/** Signing in and out. */
@Controller('v1/session')
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Post()
  @OpenToAll()
  @Answers(meView)
  async signIn(
    @Body({ schema: signInBody }) body: SignInBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeView> {
    const { me, cookie } = await this.sessions.signIn(body, request.ip ?? '');
    response.append('Set-Cookie', cookie);
    return me;
  }

  @Get()
  @Needs('read-changes')
  @Answers(meView)
  whoAmI(@TheCaller() caller: Caller): Answer<typeof meView> {
    return this.sessions.describe(caller);
  }

  @Delete()
  @OpenToAll()
  @AnswersNothing()
  async signOut(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    response.append('Set-Cookie', await this.sessions.signOut(request.headers.cookie));
  }
}
