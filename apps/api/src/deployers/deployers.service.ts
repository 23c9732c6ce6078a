import { Injectable } from '@nestjs/common';
import { testDeployer } from '../../../../activities/deployment/deployer-registry.ts';
import { inTransaction } from '../../../../database/in-transaction.ts';
import {
  findDeployer,
  listDeployers,
  saveDeployer,
  type StoredDeployer,
} from '../../../../database/stores/deployer.store.ts';
import { problemOfSecret } from '../../../../integrations/deployment/webhook-signature.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { DeployerBody, deployerTest, deployerView } from './deployers.schemas.ts';

/** Deployers; their secrets go in and never come out. */
@Injectable()
export class DeployersService {
  constructor(private readonly backend: Backend) {}

  async list(): Promise<readonly Answer<typeof deployerView>[]> {
    return (await listDeployers(this.backend.database.pool)).map((each) => withoutSecret(each));
  }

  async save(
    name: string,
    body: DeployerBody,
    { actor }: Caller,
  ): Promise<Answer<typeof deployerView>> {
    refuseWeakSecret(body.secret);
    await inTransaction(this.backend.database, (tx) =>
      saveDeployer(tx, {
        name,
        kind: body.kind,
        url: body.url ?? null,
        secret: body.secret ?? null,
        lookUpUrl: body.lookUpUrl ?? null,
        command: body.command ?? null,
        capability: body.capability ?? 'none',
        maxInFlight: body.maxInFlight ?? 5,
        by: actor,
      }),
    );
    const saved = await findDeployer(this.backend.database.pool, name);
    if (saved === null) throw notFound(`deployer "${name}"`);
    return withoutSecret(saved);
  }

  async test(name: string): Promise<Answer<typeof deployerTest>> {
    const { database, deployers } = this.backend;
    const test = await testDeployer({ db: database.pool, deployers }, name);
    if (test === null) throw notFound(`deployer "${name}"`);
    switch (test.kind) {
      case 'passed':
        return { passed: true, detail: test.detail };
      case 'failed':
        return { passed: false, detail: test.reason };
      case 'not-supported':
        return { passed: false, detail: 'this kind of deployer has nothing to call' };
    }
  }
}

function refuseWeakSecret(secret: string | undefined): void {
  for (const each of (secret ?? '').split(/\s+/)) {
    if (each === '' || each.startsWith('env:')) continue;
    const problem = problemOfSecret(each);
    if (problem !== null) throw new Problem(422, 'SECRET_INVALID', `secret: ${problem}`);
  }
}

function withoutSecret(deployer: StoredDeployer): Answer<typeof deployerView> {
  const { id, name, kind, url, lookUpUrl, command, capability, maxInFlight } = deployer;
  const { disabledReason } = deployer;
  return { id, name, kind, url, lookUpUrl, command, capability, maxInFlight, disabledReason };
}
