import { Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import { inTransaction } from '../../../../database/in-transaction.ts';
import {
  addToken,
  type ApiToken,
  listTokens,
  revokeToken,
} from '../../../../database/stores/api-token.store.ts';
import {
  addStaff,
  disableStaff,
  listStaff,
  type StaffMember,
} from '../../../../database/stores/staff.store.ts';
import type { StaffId } from '../../../../domain/ids.ts';
import type { Caller } from '../access/permissions.ts';
import { hashOfSecret, newSecret } from '../access/secrets.ts';
import { Backend } from '../backend.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { NewStaffBody, NewTokenBody } from './staff.schemas.ts';

/** Lets people and programs in, and ends it. */
@Injectable()
export class StaffService {
  constructor(private readonly backend: Backend) {}

  async list(): Promise<readonly StaffMember[]> {
    return await listStaff(this.backend.database.pool);
  }

  async add({ password, ...person }: NewStaffBody, { actor }: Caller): Promise<StaffMember> {
    const passwordHash = await hash(password);
    const added = await inTransaction(this.backend.database, (tx) =>
      addStaff(tx, { ...person, passwordHash, actor }),
    );
    if (added !== null) return added;
    throw new Problem(422, 'STAFF_EXISTS', 'Somebody has this address already; use another one');
  }

  async disable(id: string, caller: Caller): Promise<StaffMember> {
    const disabled = await inTransaction(this.backend.database, async (tx) => {
      const person = await disableStaff(tx, { id: id as StaffId, actor: caller.actor });
      if (person?.email === caller.email) {
        throw new Problem(409, 'OWN_ACCOUNT', 'You cannot disable yourself; ask another admin');
      }
      return person;
    });
    if (disabled === null) throw notFound('such person');
    return disabled;
  }

  async listTokens(): Promise<readonly ApiToken[]> {
    return await listTokens(this.backend.database.pool);
  }

  async addToken(
    { name, role }: NewTokenBody,
    { actor }: Caller,
  ): Promise<{
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly token: string;
  }> {
    const token = newSecret('dm_');
    const id = await inTransaction(this.backend.database, (tx) =>
      addToken(tx, { name, role, tokenHash: hashOfSecret(token), actor }),
    );
    return { id, name, role, token };
  }

  async revokeToken(id: string, { actor }: Caller): Promise<ApiToken> {
    const revoked = await inTransaction(this.backend.database, (tx) =>
      revokeToken(tx, { id, actor }),
    );
    if (revoked === null) throw notFound('such token');
    return revoked;
  }
}
