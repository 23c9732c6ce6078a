import { Injectable } from '@nestjs/common';
import { resolveLink } from '../../../../activities/consent/approval-link.ts';
import {
  readApprovalPage,
  readDeadLinkPage,
} from '../../../../activities/consent/approval-page.ts';
import {
  type AnswerResult,
  type Decision,
  recordAnswer,
} from '../../../../activities/consent/record-answer.ts';
import { inTransaction } from '../../../../database/in-transaction.ts';
import { readInvite } from '../../../../database/read-models/invite.read-model.ts';
import { isLinkLive } from '../../../../database/read-models/link-state.read-model.ts';
import { readContactPlace } from '../../../../database/read-models/contact-place.read-model.ts';
import { readVendor } from '../../../../database/read-models/today.read-model.ts';
import { formatLocal } from '../../../../domain/communication/local-time.ts';
import type { Locale } from '../../../../domain/communication/locales.ts';
import type { MailAttachment } from '../../../../domain/communication/outgoing-mail.ts';
import type { ApprovalPageModel } from '../../../../templates/view-models.ts';
import { Backend } from '../backend.ts';
import { type AnswerForm, problemsOf } from './answer-form.ts';
import { pageName, type PagePass, readNonce, writeNonce } from './page-pass.ts';

/** A page to be sent. */
export interface SentPage {
  readonly status: number;
  readonly html: string;
}

/** What opening a link leads to. */
export type Opened =
  { readonly kind: 'pass'; readonly pass: PagePass } | ({ readonly kind: 'page' } & SentPage);

type Notice = ApprovalPageModel['notice'];

/** Pages for a client's people: opening one changes nothing, sending its form decides. */
@Injectable()
export class ClientPagesService {
  constructor(private readonly backend: Backend) {}

  async open(token: string, locale: Locale): Promise<Opened> {
    const { database, renderer } = this.backend;
    const link = await resolveLink(database, token);
    if (link.kind === 'unknown') return { kind: 'page', ...(await this.unknownLink(locale)) };
    if (link.kind === 'live') {
      const { clientRolloutId, contactId, linkId } = link;
      return { kind: 'pass', pass: { clientRolloutId, contactId, linkId } };
    }
    const model = await readDeadLinkPage(database, this.backend, link);
    const name = link.kind === 'revoked' ? 'link-revoked' : 'link-expired';
    return { kind: 'page', status: 200, html: await renderer.renderPage(name, link.locale, model) };
  }

  /** Nothing is known about whoever asks, so nothing is told but the vendor's name. */
  async unknownLink(locale: Locale): Promise<SentPage> {
    const vendor = await readVendor(this.backend.database.pool);
    const model = { vendorName: vendor?.name ?? 'Daymark' };
    const html = await this.backend.renderer.renderPage('link-unknown', locale, model);
    return { status: 404, html };
  }

  async show(pass: PagePass, around: PageAround = {}): Promise<SentPage> {
    const { database, renderer, pageKey } = this.backend;
    const isLive = await isLinkLive(database.pool, pass.linkId);
    const page = isLive
      ? await readApprovalPage(database, this.backend, {
          ...pass,
          inviteUrl: `${this.backend.settings.baseUrl}/a/p/${pageName(pass.clientRolloutId)}/invite.ics`,
          nonceFor: (about) => writeNonce(pageKey, pass, about, Date.now()),
          ...(around.form ? { form: around.form } : {}),
          ...(around.notice ? { notice: around.notice } : {}),
        })
      : null;
    if (page === null) return await this.unknownLink('en');
    const html = await renderer.renderPage('approval', page.locale, page.model);
    return { status: around.status ?? 200, html };
  }

  /** The calendar entry with the reader's date; null = there is none, or the link holds no more. */
  async invite(pass: PagePass): Promise<MailAttachment | null> {
    const { pool } = this.backend.database;
    return (await isLinkLive(pool, pass.linkId)) ? await readInvite(pool, pass) : null;
  }

  /** Records an answer; null = it is recorded, and the page says so from now on. */
  async answer(
    pass: PagePass,
    sent: AnswerForm,
    evidence: Readonly<Record<string, unknown>>,
  ): Promise<SentPage | null> {
    const form = {
      name: sent.name,
      comment: sent.comment,
      tried: sent.tried,
      decision: sent.decision,
    };
    const nonce = readNonce(this.backend.pageKey, pass, sent);
    const again = { form, notice: { kind: 'send-again' } } as const;
    if (nonce === null) return await this.show(pass, { status: 403, ...again });
    if (nonce.expiresAtMs <= Date.now()) return await this.show(pass, { status: 409, ...again });
    const problems = problemsOf(sent);
    if (problems.length > 0 || sent.decision === '') {
      return await this.show(pass, { status: 422, form: { ...form, problems } });
    }
    const result = await this.record(
      pass,
      { ...sent, ...nonce, decision: sent.decision },
      evidence,
    );
    if (result.kind === 'recorded' || result.kind === 'repeated') return null;
    return await this.show(pass, { status: 409, form, notice: await this.noticeOf(pass, result) });
  }

  private async record(
    pass: PagePass,
    answer: AnswerForm & { readonly decision: Decision } & Pick<
        NonNullable<ReturnType<typeof readNonce>>,
        'roundId'
      >,
    evidence: Readonly<Record<string, unknown>>,
  ): Promise<AnswerResult> {
    const { roundId, decision, name, comment, contentHash } = answer;
    if (!(await isLinkLive(this.backend.database.pool, pass.linkId))) return { kind: 'not-open' };
    return await inTransaction(this.backend.database, (tx) =>
      recordAnswer(tx, this.backend, {
        roundId,
        contactId: pass.contactId,
        decision,
        name,
        comment,
        contentHash,
        way: 'link',
        actor: name,
        evidence: { ...evidence, link: pass.linkId },
      }),
    );
  }

  private async noticeOf(pass: PagePass, result: AnswerResult): Promise<Notice> {
    if (result.kind !== 'already-decided') return { kind: 'content-changed', whatChanged: '' };
    const place = await readContactPlace(this.backend.database.pool, pass.contactId);
    const at = formatLocal(result.at, place?.zone ?? 'UTC', place?.locale ?? 'en');
    return { kind: 'already-decided', by: result.by, at };
  }
}

/** What a page shows besides the question itself. */
interface PageAround {
  readonly status?: number;
  readonly notice?: Notice;
  readonly form?: Partial<
    Omit<Extract<ApprovalPageModel['state'], { kind: 'open' }>['form'], 'nonce' | 'contentHash'>
  >;
}
