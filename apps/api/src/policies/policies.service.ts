import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../../database/in-transaction.ts';
import {
  listPolicies,
  type PolicyRevision,
  readPolicy,
  savePolicy,
} from '../../../../database/stores/policy.store.ts';
import { lockVendor } from '../../../../database/stores/vendor.store.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { PolicyBody, policyView } from './policies.schemas.ts';

/** Policies; a rollout keeps the revision it was started under. */
@Injectable()
export class PoliciesService {
  constructor(private readonly backend: Backend) {}

  async list(): Promise<readonly Answer<typeof policyView>[]> {
    return (await listPolicies(this.backend.database.pool)).map((each) => viewOf(each));
  }

  async show(name: string): Promise<Answer<typeof policyView>> {
    const policy = await readPolicy(this.backend.database.pool, name);
    if (policy === null) throw notFound(`policy "${name}"`);
    return viewOf(policy);
  }

  async save(
    name: string,
    { document }: PolicyBody,
    { actor }: Caller,
  ): Promise<Answer<typeof policyView>> {
    const saved = await inTransaction(this.backend.database, async (tx) => {
      await lockVendor(tx);
      return await savePolicy(tx, { document: { ...document, name }, actor });
    });
    if (saved.kind === 'saved') return await this.show(name);
    const errors = saved.problems;
    const detail = `The policy was not saved: ${errors.map((each) => `${each.path}: ${each.message}`).join('; ')}`;
    throw new Problem(422, 'POLICY_INVALID', detail, { errors });
  }
}

function viewOf({
  name,
  policy,
  revision,
  savedBy,
  savedAt,
}: PolicyRevision): Answer<typeof policyView> {
  return { name, title: policy.title, revision, document: { ...policy }, savedBy, savedAt };
}
