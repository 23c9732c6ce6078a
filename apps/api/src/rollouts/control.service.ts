import { Injectable } from '@nestjs/common';
import type { Refusal } from '../../../../activities/planning/refusal.ts';
import { holdClients, releaseClients } from '../../../../activities/planning/hold-clients.ts';
import { pauseRollout } from '../../../../activities/planning/pause-rollout.ts';
import { retryClients } from '../../../../activities/planning/retry-clients.ts';
import { resumeRollout } from '../../../../activities/planning/resume-rollout.ts';
import { skipClients } from '../../../../activities/planning/skip-clients.ts';
import { stopRollout } from '../../../../activities/planning/stop-rollout.ts';
import type { Database } from '../../../../database/in-transaction.ts';
import { readPresentDates } from '../../../../database/read-models/plan-moves.read-model.ts';
import { rehearse } from '../../../../database/rehearse.ts';
import type { RolloutId } from '../../../../domain/ids.ts';
import { parseInstant } from '../../../../domain/instant.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { problemOfRefusal } from '../http/refused.ts';
import type {
  controlResult,
  HoldBody,
  PauseBody,
  pauseResult,
  PreviewQuery,
  ReleaseBody,
  ResumeBody,
  RetryBody,
  SkipBody,
  StopBody,
} from './control.schemas.ts';
import { RolloutsService } from './rollouts.service.ts';

type ControlAnswer = Answer<typeof controlResult>;

/** A decision about some clients: whom it concerned, or why it was refused. */
type Verb = (
  deps: Pick<Backend, 'database' | 'desk'>,
) => Promise<{ readonly kind: 'done'; readonly keys: readonly string[] } | Refusal>;

/** Decisions about a rollout and its clients, for real or only to see what they would do. */
@Injectable()
export class ControlService {
  constructor(
    private readonly backend: Backend,
    private readonly rollouts: RolloutsService,
  ) {}

  async pause(
    id: string,
    { reason, wait }: PauseBody,
    { actor }: Caller,
  ): Promise<Answer<typeof pauseResult>> {
    const rolloutId = id as RolloutId;
    const paused = await pauseRollout(this.backend, { rolloutId, reason, actor, wait });
    if (paused.kind === 'refused') throw problemOfRefusal(paused);
    return {
      rollout: await this.rollouts.show(id),
      alreadyDispatched: paused.dispatched.map(({ clientKey, siteKind, since }) => ({
        client: clientKey,
        site: siteKind,
        since,
      })),
    };
  }

  async resume(id: string, { reason }: ResumeBody, { actor }: Caller): Promise<ControlAnswer> {
    return await this.decide(id, {}, async (deps) => {
      const order = { rolloutId: id as RolloutId, actor, ...(reason ? { reason } : {}) };
      const resumed = await resumeRollout(deps, order);
      return resumed.kind === 'refused' ? resumed : { kind: 'done', keys: [] };
    });
  }

  async stop(
    id: string,
    query: PreviewQuery,
    { reason }: StopBody,
    { actor }: Caller,
  ): Promise<ControlAnswer> {
    const wait = query.preview !== 'true';
    return await this.decide(id, query, async (deps) => {
      const stopped = await stopRollout(deps, { rolloutId: id as RolloutId, reason, actor, wait });
      return stopped.kind === 'refused' ? stopped : { kind: 'done', keys: stopped.withdrawn };
    });
  }

  async hold(
    id: string,
    query: PreviewQuery,
    body: HoldBody,
    { actor }: Caller,
  ): Promise<ControlAnswer> {
    const { reason } = body;
    const until = body.until === undefined ? null : parseInstant(body.until);
    const clients = selectionOf(body);
    const wait = query.preview !== 'true';
    return await this.decide(id, query, async (deps) => {
      const rolloutId = id as RolloutId;
      const held = await holdClients(deps, { rolloutId, clients, reason, until, actor, wait });
      return held.kind === 'refused' ? held : { kind: 'done', keys: held.keys };
    });
  }

  async release(
    id: string,
    query: PreviewQuery,
    body: ReleaseBody,
    { actor }: Caller,
  ): Promise<ControlAnswer> {
    const clients = selectionOf(body);
    return await this.decide(id, query, async (deps) => {
      const released = await releaseClients(deps, { rolloutId: id as RolloutId, clients, actor });
      return released.kind === 'refused' ? released : { kind: 'done', keys: released.keys };
    });
  }

  async retry(
    id: string,
    query: PreviewQuery,
    { clients: keys, reason }: RetryBody,
    { actor }: Caller,
  ): Promise<ControlAnswer> {
    return await this.decide(id, query, async (deps) => {
      const order = { rolloutId: id as RolloutId, clients: { keys }, reason, actor };
      const retried = await retryClients(deps, order);
      return retried.kind === 'refused' ? retried : { kind: 'done', keys: retried.keys };
    });
  }

  async skip(
    id: string,
    query: PreviewQuery,
    { clients, reason, nextVersion }: SkipBody,
    { actor }: Caller,
  ): Promise<ControlAnswer> {
    return await this.decide(id, query, async (deps) => {
      const order = { rolloutId: id as RolloutId, clients: { keys: clients }, reason, actor };
      const skipped = await skipClients(deps, { ...order, nextVersion: nextVersion ?? null });
      return skipped.kind === 'refused' ? skipped : { kind: 'done', keys: skipped.keys };
    });
  }

  private async decide(id: string, query: PreviewQuery, verb: Verb): Promise<ControlAnswer> {
    if (query.preview === 'true') return await this.preview(id, verb);
    const answer = await verb(this.backend);
    if (answer.kind === 'refused') throw problemOfRefusal(answer);
    return {
      affected: await this.named(id, answer.keys),
      refused: [],
      messages: [],
      rollout: await this.rollouts.show(id),
    };
  }

  private async preview(id: string, verb: Verb): Promise<ControlAnswer> {
    const { desk } = this.backend;
    const { result, messages } = await rehearse(
      this.backend.database,
      async (database: Database) => await verb({ database, desk }),
    );
    if (result.kind === 'refused') {
      const refused = [{ key: '', why: result.message }];
      return { affected: [], refused, messages: [], rollout: null };
    }
    return { affected: await this.named(id, result.keys), refused: [], messages, rollout: null };
  }

  private async named(id: string, keys: readonly string[]): Promise<ControlAnswer['affected']> {
    const clients = await readPresentDates(this.backend.database.pool, id as RolloutId);
    return clients.filter(({ key }) => keys.includes(key)).map(({ key, name }) => ({ key, name }));
  }
}

function selectionOf({
  clients,
  tag,
}: Pick<HoldBody, 'clients' | 'tag'>):
  { readonly keys: readonly string[] } | { readonly tag: string } {
  return tag === undefined ? { keys: clients ?? [] } : { tag };
}
