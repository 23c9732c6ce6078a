import { Injectable } from '@nestjs/common';
import {
  dropDelivery,
  type MailDecision,
  type MailDecisionResult,
  markDeliverySent,
  resendDelivery,
} from '../../../../activities/messages/mail-decisions.ts';
import { inTransaction, type Transaction } from '../../../../database/in-transaction.ts';
import {
  readMailText,
  readMessages,
} from '../../../../database/read-models/message-list.read-model.ts';
import { readStory } from '../../../../database/read-models/story.read-model.ts';
import type { DeliveryId, RolloutId } from '../../../../domain/ids.ts';
import { hideLinks } from '../../../../templates/link-marks.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import { storyAnswer } from '../rollouts/story-answer.ts';
import { messageAnswer } from './message-answer.ts';
import type {
  MessageDecisionBody,
  messageDetail,
  messagePage,
  MessagesQuery,
  messageView,
} from './messages.schemas.ts';

const hiddenLink = '[the link of its reader]';

const decisions = {
  resend: resendDelivery,
  'mark-sent': markDeliverySent,
  drop: dropDelivery,
} satisfies Readonly<
  Record<string, (tx: Transaction, decision: MailDecision) => Promise<MailDecisionResult>>
>;

/** Mails: listed, read, and decided about where nobody else can. */
@Injectable()
export class MessagesService {
  constructor(private readonly backend: Backend) {}

  async list(query: MessagesQuery, rollout: string | null): Promise<Answer<typeof messagePage>> {
    const limit = query.limit ?? 100;
    const rows = await readMessages(this.backend.database.pool, {
      rolloutId: rollout as RolloutId | null,
      status: query.status,
      kind: query.kind,
      before: uuidIn(query.cursor),
      limit,
    });
    return {
      items: rows.map((row) => messageAnswer(row)),
      nextCursor: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
    };
  }

  async show(id: string): Promise<Answer<typeof messageDetail>> {
    const { pool } = this.backend.database;
    const [row] = await readMessages(pool, { id, limit: 1 });
    const mail = await readMailText(pool, id);
    if (!row || mail === null) throw notFound('such message');
    const events = await readStory(pool, { deliveryId: id, limit: 100 });
    return {
      ...messageAnswer(row),
      text: hideLinks(mail.text, hiddenLink),
      html: hideLinks(mail.html, hiddenLink),
      headers: mail.headers,
      events: events.map((event) => storyAnswer(event)),
    };
  }

  async decide(
    verb: keyof typeof decisions,
    id: string,
    { reason }: MessageDecisionBody,
    { actor }: Caller,
  ): Promise<Answer<typeof messageView>> {
    const { database } = this.backend;
    const result = await inTransaction(database, (tx) =>
      decisions[verb](tx, { deliveryId: id as DeliveryId, actor, reason }),
    );
    if (result.kind === 'unknown-delivery') throw notFound('such message');
    if (result.kind === 'not-possible') {
      const detail = `The message is ${result.status.replace('_', ' ')} by now; look at it again`;
      throw new Problem(409, 'MESSAGE_STATE', detail, { messageStatus: result.status });
    }
    const [row] = await readMessages(database.pool, { id: result.deliveryId, limit: 1 });
    if (!row) throw notFound('such message');
    return messageAnswer(row);
  }
}

function uuidIn(cursor: string | undefined): string | undefined {
  return cursor !== undefined && /^[0-9a-f-]{36}$/.test(cursor) ? cursor : undefined;
}
