import { Injectable } from '@nestjs/common';
import { type AnswerResult, recordAnswer } from '../../../../activities/consent/record-answer.ts';
import { inTransaction } from '../../../../database/in-transaction.ts';
import {
  type ApprovalEntry,
  readApprovals,
} from '../../../../database/read-models/approval-list.read-model.ts';
import { readRoundEntries } from '../../../../database/read-models/client-attempts.read-model.ts';
import type { ContactId, RoundId } from '../../../../domain/ids.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { roundView } from '../rollouts/rollout-clients.schemas.ts';
import type { ApprovalsQuery, approvalView, RecordBody } from './approvals.schemas.ts';

/** Questions to clients, and answers that did not come by the link. */
@Injectable()
export class ApprovalsService {
  constructor(private readonly backend: Backend) {}

  async list({ state }: ApprovalsQuery): Promise<readonly Answer<typeof approvalView>[]> {
    const wanted = state ?? 'open';
    const { pool } = this.backend.database;
    return await readApprovals(pool, wanted === 'all' ? {} : { state: wanted });
  }

  /** The vendor heard the answer, by phone say; who it was and how it is known stays on record. */
  async record(
    roundId: string,
    body: RecordBody,
    { actor }: Caller,
  ): Promise<Answer<typeof roundView>> {
    const { database } = this.backend;
    const [approval] = await readApprovals(database.pool, { roundId });
    if (!approval) throw notFound('such question');
    const contact = contactNamed(approval, body.contactEmail);
    const result = await inTransaction(database, (tx) =>
      recordAnswer(tx, this.backend, {
        roundId: roundId as RoundId,
        contactId: contact.id as ContactId,
        decision: decisionOf(approval, body.decision),
        name: contact.name,
        comment: body.comment ?? '',
        contentHash: null,
        way: 'phone',
        actor,
        evidence: { recordedBy: actor, proof: body.reason },
      }),
    );
    refuseUnrecorded(result);
    const [round] = await readRoundEntries(database.pool, { roundId });
    if (!round) throw notFound('such question');
    return round;
  }
}

function contactNamed({ approvers, client }: ApprovalEntry, email: string) {
  const found = approvers.find((each) => each.email === email.toLowerCase());
  if (found) return found;
  const detail = `Nobody with that address may answer for ${client.name}; name one of its approvers`;
  throw new Problem(422, 'NOT_AN_APPROVER', detail);
}

/** To a question that only asks for objections, yes means "fine" and no means "I object". */
function decisionOf({ consent }: ApprovalEntry, decision: RecordBody['decision']) {
  if (consent === 'approve') return decision;
  return decision === 'approve' ? 'fine' : 'object';
}

function refuseUnrecorded(result: AnswerResult): void {
  switch (result.kind) {
    case 'recorded':
    case 'repeated':
      return;
    case 'already-decided': {
      const detail = `${result.by} answered at ${result.at}; an answer is not given twice`;
      throw new Problem(409, 'ALREADY_DECIDED', detail, { by: result.by, at: result.at });
    }
    case 'superseded': {
      const detail = `Build ${result.newVersion} has taken its place; ask about that one`;
      throw new Problem(409, 'SUPERSEDED', detail, { newVersion: result.newVersion });
    }
    case 'content-changed':
      throw new Problem(409, 'CONTENT_CHANGED', 'What was asked has changed; look at it again');
    case 'not-open':
    case 'wrong-decision':
      throw new Problem(409, 'NOT_OPEN', 'This question takes no such answer any more');
    case 'not-eligible':
      throw new Problem(422, 'NOT_AN_APPROVER', 'This contact may not answer for the client');
    case 'name-missing':
    case 'comment-missing':
      throw new Problem(422, 'ANSWER_INCOMPLETE', 'Name and, for a no, a comment are needed');
  }
}
