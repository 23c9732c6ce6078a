import { Injectable } from '@nestjs/common';
import { answerClientRequest } from '../../../../activities/planning/answer-client-request.ts';
import { readClientRequests } from '../../../../database/stores/client-request.store.ts';
import type { RolloutId } from '../../../../domain/ids.ts';
import { requestWords } from '../../../../domain/rollout/request-words.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import { problemOfRefusal } from '../http/refused.ts';
import type { requestAnswer, RequestBody, requestView } from './client-requests.schemas.ts';
import type { RolloutClientPath } from './rollout-clients.schemas.ts';

/** What clients ask for, and what became of it. */
@Injectable()
export class ClientRequestsService {
  constructor(private readonly backend: Backend) {}

  async list({ id, key }: RolloutClientPath): Promise<readonly Answer<typeof requestView>[]> {
    const of = { rolloutId: id as RolloutId, clientKey: key };
    const requests = await readClientRequests(this.backend.database.pool, of);
    if (requests === null) throw notFound(`client ${key} in this rollout`);
    return requests.map(({ terms, ...request }) => ({
      ...request,
      title: requestWords(terms),
      request: terms,
    }));
  }

  async ask(
    { id, key }: RolloutClientPath,
    terms: RequestBody,
    { actor }: Caller,
  ): Promise<Answer<typeof requestAnswer>> {
    const order = { rolloutId: id as RolloutId, clientKey: key, terms, actor };
    const outcome = await answerClientRequest(this.backend, order);
    if (outcome.kind === 'refused') throw problemOfRefusal(outcome);
    if (outcome.kind === 'invalid') {
      const errors = outcome.problems;
      const what = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
      throw new Problem(422, 'REQUEST_INVALID', `Nothing was asked for: ${what}`, { errors });
    }
    const { state, answer } = outcome;
    return { id: outcome.id, state, answer };
  }
}
