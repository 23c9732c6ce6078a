import { Injectable } from '@nestjs/common';
import { inSnapshot } from '../../../../database/in-transaction.ts';
import { readClientFacts } from '../../../../database/read-models/client-facts.read-model.ts';
import {
  readDeployments,
  readRoundEntries,
} from '../../../../database/read-models/client-attempts.read-model.ts';
import { readMessages } from '../../../../database/read-models/message-list.read-model.ts';
import {
  readRolloutClients,
  type RolloutClientRow,
} from '../../../../database/read-models/rollout-clients.read-model.ts';
import { readStory } from '../../../../database/read-models/story.read-model.ts';
import type { RolloutId } from '../../../../domain/ids.ts';
import type { Instant } from '../../../../domain/instant.ts';
import type { ClientFacts } from '../../../../domain/rollout/client-facts.ts';
import { judgeGates } from '../../../../domain/rollout/judge-gates.ts';
import { nextClientStep } from '../../../../domain/rollout/next-client-step.ts';
import { clientRolloutWords, hasEnded } from '../../../../domain/rollout/states.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound } from '../http/problem.ts';
import { messageAnswer } from '../messages/message-answer.ts';
import { actionsFor } from './client-actions.ts';
import type { clientRolloutView, clientRow, ClientRowsQuery } from './rollout-clients.schemas.ts';
import { storyAnswer } from './story-answer.ts';

/** The clients of a rollout: where each stands, why not, and when next. */
@Injectable()
export class RolloutClientsService {
  constructor(private readonly backend: Backend) {}

  async list(
    id: string,
    query: ClientRowsQuery,
    caller: Caller,
  ): Promise<readonly Answer<typeof clientRow>[]> {
    const rolloutId = id as RolloutId;
    return await inSnapshot(this.backend.database, async (db, now) => {
      const rows = await readRolloutClients(db, { rolloutId, ...query });
      const facts = await readClientFacts(db, { rolloutId }, this.backend.shelf);
      if (facts.length === 0) throw notFound('such rollout');
      const byId = new Map(facts.map((each) => [each.clientRolloutId, each]));
      return rows.flatMap((row) => {
        const found = byId.get(row.clientRolloutId);
        return found ? [rowAnswer(row, found, { now, caller })] : [];
      });
    });
  }

  async show(id: string, key: string, caller: Caller): Promise<Answer<typeof clientRolloutView>> {
    const rolloutId = id as RolloutId;
    return await inSnapshot(this.backend.database, async (db, now) => {
      const [row] = await readRolloutClients(db, { rolloutId, key });
      if (!row) throw notFound(`client ${key} in this rollout`);
      const { clientRolloutId } = row;
      const [facts] = await readClientFacts(db, { clientRolloutId }, this.backend.shelf);
      if (!facts) throw notFound(`client ${key} in this rollout`);
      const story = await readStory(db, { rolloutId, clientId: facts.clientId, limit: 200 });
      const messages = await readMessages(db, { clientRolloutId, limit: 200 });
      return {
        ...rowAnswer(row, facts, { now, caller }),
        story: story.map((each) => storyAnswer(each)),
        messages: messages.map((each) => messageAnswer(each)),
        deployments: await readDeployments(db, clientRolloutId),
        rounds: await readRoundEntries(db, { clientRolloutId }),
      };
    });
  }
}

function rowAnswer(
  row: RolloutClientRow,
  facts: ClientFacts,
  { now, caller }: { readonly now: Instant; readonly caller: Caller },
): Answer<typeof clientRow> {
  const { decidedBy, decidedAt, ...names } = row;
  const next = nextClientStep(facts, now);
  const { round, notice, control } = facts;
  return {
    ...names,
    zone: facts.client.zone,
    state: facts.state,
    stateWords: clientRolloutWords[facts.state].staff,
    since: facts.since,
    consent: facts.consent,
    ...slotAnswer(facts),
    hold: control.hold,
    whyNot: isWaiting(facts) ? judgeGates(facts, now) : [],
    nextText: next.because,
    nextAt: next.kind === 'wait' ? next.until : null,
    ...versionsAnswer(facts),
    round: round && {
      number: round.number,
      state: round.state,
      deadline: round.deadline,
      decidedBy,
      decidedAt,
    },
    notice: notice.written
      ? { acceptedAt: notice.acceptedAt, undeliverable: notice.undeliverable }
      : null,
    actions: actionsFor(facts, caller),
  };
}

function slotAnswer({ slot }: ClientFacts) {
  return { slotStart: slot?.start ?? null, slotLatestEnd: slot?.latestEnd ?? null };
}

function versionsAnswer({ preview, production }: ClientFacts) {
  return {
    previewVersion: preview.current?.version ?? null,
    productionVersion: production.current?.version ?? null,
  };
}

/** Whether it still has a production start before it. */
function isWaiting({ state }: ClientFacts): boolean {
  return !hasEnded(state) && state !== 'deploying' && state !== 'verifying';
}
