import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Locale } from '../../../../domain/communication/locales.ts';
import { BringsProof } from '../access/needs.ts';
import { cookieIn } from '../access/session-cookie.ts';
import { Backend } from '../backend.ts';
import { readAnswerForm } from './answer-form.ts';
import { ClientPagesService, type SentPage } from './client-pages.service.ts';
import { setPageHeaders } from './page-headers.ts';
import { pageName, passLifetimeMs, type PagePass, readPass, writePass } from './page-pass.ts';

/** The pages behind the links in mails to clients; they carry their own proof and take no session. */
@ApiExcludeController()
@Controller('a')
export class ClientPagesController {
  constructor(
    private readonly pages: ClientPagesService,
    private readonly backend: Backend,
  ) {}

  /** A link that lost its end on the way. */
  @Get()
  @BringsProof()
  async openNothing(@Req() request: Request, @Res() response: Response): Promise<void> {
    setPageHeaders(response, 'no-secret');
    send(response, await this.pages.unknownLink(localeOf(request)));
  }

  /** Trades the secret in the address for a cookie, and leads to an address without it. */
  @Get(':token')
  @BringsProof()
  async openLink(
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    setPageHeaders(response, 'secret');
    const opened = await this.pages.open(token, localeOf(request));
    if (opened.kind === 'page') {
      send(response, opened);
      return;
    }
    response.append('Set-Cookie', this.cookie(opened.pass));
    response.redirect(303, `/a/p/${pageName(opened.pass.clientRolloutId)}`);
  }

  @Get('p/:page')
  @BringsProof()
  async showPage(
    @Param('page') page: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    setPageHeaders(response, 'no-secret');
    const pass = this.passOf(request, page);
    if (pass === null) {
      send(response, await this.pages.unknownLink(localeOf(request)));
      return;
    }
    const isRecorded = request.query['answer'] === 'recorded';
    send(response, await this.pages.show(pass, isRecorded ? { notice: { kind: 'recorded' } } : {}));
  }

  @Get('p/:page/invite.ics')
  @BringsProof()
  async downloadInvite(
    @Param('page') page: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    setPageHeaders(response, 'no-secret');
    const pass = this.passOf(request, page);
    const invite = pass === null ? null : await this.pages.invite(pass);
    if (invite === null) {
      send(response, await this.pages.unknownLink(localeOf(request)));
      return;
    }
    response
      .status(200)
      .setHeader('Content-Type', invite.contentType)
      .setHeader('Content-Disposition', `attachment; filename="${invite.name}"`)
      .send(Buffer.from(invite.contentBase64, 'base64'));
  }

  /** The one thing that decides: the form of the page, sent from the page itself. */
  @Post('p/:page')
  @BringsProof()
  async answer(
    @Param('page') page: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    setPageHeaders(response, 'no-secret');
    const pass = this.passOf(request, page);
    if (pass === null) {
      send(response, await this.pages.unknownLink(localeOf(request)));
      return;
    }
    if (!this.isFromOurPage(request)) {
      const again = { kind: 'send-again' } as const;
      send(response, await this.pages.show(pass, { status: 403, notice: again }));
      return;
    }
    const refused = await this.pages.answer(pass, readAnswerForm(request.body), {
      ip: request.ip ?? null,
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 500),
    });
    if (refused === null) response.redirect(303, `/a/p/${page}?answer=recorded`);
    else send(response, refused);
  }

  private passOf(request: Request, page: string): PagePass | null {
    const { pageKey } = this.backend;
    const pass = readPass(
      pageKey,
      cookieIn(request.headers.cookie, this.cookieName(page)),
      Date.now(),
    );
    return pass !== null && pageName(pass.clientRolloutId) === page ? pass : null;
  }

  private isFromOurPage({ headers }: Request): boolean {
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site === 'same-origin';
    return headers.origin === new URL(this.backend.settings.baseUrl).origin;
  }

  private cookie(pass: PagePass): string {
    const secure = this.isSecure() ? '; Secure' : '';
    const value = writePass(this.backend.pageKey, pass, Date.now());
    const age = Math.floor(passLifetimeMs / 1_000);
    const name = this.cookieName(pageName(pass.clientRolloutId));
    return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
  }

  /** Browsers take `__Host-` on https only; on plain http of this very machine the name is plain. */
  private cookieName(page: string): string {
    return `${this.isSecure() ? '__Host-' : ''}daymark-page-${page}`;
  }

  private isSecure(): boolean {
    return this.backend.settings.baseUrl.startsWith('https:');
  }
}

function send(response: Response, { status, html }: SentPage): void {
  response.status(status).type('text/html; charset=utf-8').send(html);
}

/** Used only where nobody knows who reads. */
function localeOf(request: Request): Locale {
  return request.acceptsLanguages('en', 'fr') === 'fr' ? 'fr' : 'en';
}
