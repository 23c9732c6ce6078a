import { Injectable } from '@nestjs/common';
import type { AgreementOrder } from '../../../../activities/planning/agreement-order.ts';
import {
  type AgreementAnswer,
  endAgreementNow,
  makeAgreement,
} from '../../../../activities/planning/agreements.ts';
import { effectOfAgreement, effectOfEnd } from '../../../../activities/planning/calendar-effect.ts';
import { listAgreements, readAgreeingClient } from '../../../../database/stores/agreement.store.ts';
import type {
  CalendarDocument,
  CalendarProblem,
} from '../../../../domain/calendar/calendar-document.ts';
import type { Agreement, AgreementTerms } from '../../../../domain/client/agreement.ts';
import { describeAgreement } from '../../../../domain/client/describe-agreement.ts';
import type { LocalDate } from '../../../../domain/instant.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import { documentOf } from '../calendars/calendar-text.ts';
import { effectAnswerOf } from '../calendars/effect-answer.ts';
import type { effectView } from '../calendars/effect.schemas.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import { problemOfRefusal } from '../http/refused.ts';
import type { AgreementBody, agreementView, EndAgreementBody } from './agreements.schemas.ts';

/** What clients agreed that differs from the policy. */
@Injectable()
export class AgreementsService {
  constructor(private readonly backend: Backend) {}

  async list(key: string): Promise<readonly Answer<typeof agreementView>[]> {
    const { pool } = this.backend.database;
    if ((await readAgreeingClient(pool, key)) === null) throw notFound(`client "${key}"`);
    return (await listAgreements(pool, key)).map((each) => viewOf(each));
  }

  async make(
    key: string,
    body: AgreementBody,
    { actor }: Caller,
  ): Promise<Answer<typeof agreementView>> {
    return viewOf(agreementIn(await makeAgreement(this.backend, orderOf(key, body, actor))));
  }

  async effect(
    key: string,
    body: AgreementBody,
    { actor }: Caller,
  ): Promise<Answer<typeof effectView>> {
    const answer = await effectOfAgreement(this.backend, orderOf(key, body, actor));
    if (answer.kind === 'no-client') throw notFound(`client "${key}"`);
    return effectAnswerOf(answer);
  }

  async end(
    id: string,
    { reason }: EndAgreementBody,
    { actor }: Caller,
  ): Promise<Answer<typeof agreementView>> {
    const ended = await endAgreementNow(this.backend, { id, reason, actor });
    if (ended.kind === 'refused') throw problemOfRefusal(ended);
    return viewOf(ended.agreement);
  }

  async effectOfEnd(id: string): Promise<Answer<typeof effectView>> {
    const answer = await effectOfEnd(this.backend, id);
    if (answer.kind === 'refused') throw problemOfRefusal(answer);
    return effectAnswerOf(answer);
  }
}

/** What was sent as an order to the act. */
function orderOf(clientKey: string, body: AgreementBody, actor: string): AgreementOrder {
  const { source, owner, bindsCritical } = body;
  const days =
    body.kind === 'freeze'
      ? {}
      : { since: body.since as LocalDate | undefined, expires: body.expires as LocalDate | null };
  return { clientKey, terms: termsOf(body), source, owner, bindsCritical, ...days, actor };
}

function termsOf(body: AgreementBody): AgreementTerms {
  switch (body.kind) {
    case 'calendar':
      // The act checks it before anything is stored.
      return { kind: body.kind, document: documentOf(body) as CalendarDocument };
    case 'freeze':
      return { kind: body.kind, document: { from: body.from, to: body.to, reason: body.reason } };
    case 'lead':
      return { kind: body.kind, document: { lead: body.lead } };
    case 'consent':
      return { kind: body.kind, document: { consent: body.consent } };
    case 'moves': {
      const { times, noticeHours, latestDays } = body;
      return { kind: body.kind, document: { times, noticeHours, latestDays } };
    }
  }
}

function agreementIn(answer: AgreementAnswer): Agreement {
  if (answer.kind === 'refused') throw problemOfRefusal(answer);
  if (answer.kind === 'invalid') throw invalidAgreement(answer.problems);
  return answer.agreement;
}

function invalidAgreement(errors: readonly CalendarProblem[]): Problem {
  const what = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new Problem(422, 'AGREEMENT_INVALID', `The agreement was not made: ${what}`, { errors });
}

function viewOf(agreement: Agreement): Answer<typeof agreementView> {
  const { id, clientKey, kind, document, source, owner, since, expires, bindsCritical } = agreement;
  return {
    id,
    client: clientKey,
    kind,
    title: describeAgreement(agreement),
    document: { ...document },
    source,
    owner,
    since,
    expires,
    bindsCritical,
    createdBy: agreement.createdBy,
    createdAt: agreement.createdAt,
    ended: agreement.ended,
  };
}
