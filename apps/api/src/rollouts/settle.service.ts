import { Injectable } from '@nestjs/common';
import { settleManual } from '../../../../activities/deployment/decide-deployment.ts';
import { inTransaction } from '../../../../database/in-transaction.ts';
import { readDeploymentToFollow } from '../../../../database/read-models/deployment-to-follow.read-model.ts';
import type { DeploymentId } from '../../../../domain/ids.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { SettleBody, SettlePath } from './control.schemas.ts';
import type { rolloutView } from './rollouts.schemas.ts';
import { RolloutsService } from './rollouts.service.ts';

/** A person says how a deployment ended. */
@Injectable()
export class SettleService {
  constructor(
    private readonly backend: Backend,
    private readonly rollouts: RolloutsService,
  ) {}

  async settle(
    { id, deploymentId }: SettlePath,
    { outcome, detail }: SettleBody,
    { actor }: Caller,
  ): Promise<Answer<typeof rolloutView>> {
    const settled = await inTransaction(this.backend.database, async (tx) => {
      const of = { deploymentId: deploymentId as DeploymentId };
      const deployment = await readDeploymentToFollow(tx, of);
      if (deployment?.ref.rolloutId !== id) throw notFound('such deployment in this rollout');
      return await settleManual(tx, { ...of, outcome, detail, by: actor });
    });
    if (settled.kind === 'refused') {
      const text = `This cannot be settled: ${settled.reason}; look at the client again`;
      throw new Problem(409, 'DEPLOYMENT_STATE', text);
    }
    return await this.rollouts.show(id);
  }
}
