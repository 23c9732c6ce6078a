import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../../database/in-transaction.ts';
import {
  type AttentionEntry,
  readAttention,
} from '../../../../database/read-models/attention-list.read-model.ts';
import { resolveAttention } from '../../../../database/stores/attention.store.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { AttentionQuery, attentionView, ResolveBody } from './attention.schemas.ts';

/** Questions that only a person can answer. */
@Injectable()
export class AttentionService {
  constructor(private readonly backend: Backend) {}

  async list({ state }: AttentionQuery): Promise<readonly Answer<typeof attentionView>[]> {
    const openOnly = state !== 'all';
    return await readAttention(this.backend.database.pool, { openOnly });
  }

  async resolve(
    id: string,
    { resolution }: ResolveBody,
    { actor }: Caller,
  ): Promise<Answer<typeof attentionView>> {
    return await inTransaction(this.backend.database, async (tx) => {
      const [item] = await readAttention(tx, { id, openOnly: false });
      if (!item) throw notFound('such attention item');
      refuseSettled(item);
      await resolveAttention(tx, { dedupeKey: item.dedupeKey, by: actor, resolution });
      const [settled] = await readAttention(tx, { id, openOnly: false });
      return settled ?? item;
    });
  }
}

function refuseSettled({ resolvedAt, resolution }: AttentionEntry): void {
  if (resolvedAt === null) return;
  const detail = `This was settled at ${resolvedAt}: ${resolution ?? ''}`;
  throw new Problem(409, 'ALREADY_RESOLVED', detail);
}
