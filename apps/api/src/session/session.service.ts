import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { inTransaction } from '../../../../database/in-transaction.ts';
import { closeSession, openSession } from '../../../../database/stores/session.store.ts';
import { findForSignIn } from '../../../../database/stores/staff.store.ts';
import type { Caller } from '../access/permissions.ts';
import { hashOfSecret, newSecret } from '../access/secrets.ts';
import { sessionCookie, sessionIn } from '../access/session-cookie.ts';
import { Backend } from '../backend.ts';
import { Problem } from '../http/problem.ts';
import { AttemptLimit } from './attempt-limit.ts';
import type { MeView, SignInBody } from './session.schemas.ts';

const lifetimeMs = 12 * 3_600_000;

/** Lets people in and out. */
@Injectable()
export class SessionService {
  private readonly perAddress = new AttemptLimit(10, 15 * 60_000);
  private readonly perOrigin = new AttemptLimit(100, 15 * 60_000);
  private readonly nobody = hash(newSecret());

  constructor(private readonly backend: Backend) {}

  async signIn(
    { email, password }: SignInBody,
    origin: string,
  ): Promise<{ readonly me: MeView; readonly cookie: string }> {
    const address = email.toLowerCase();
    this.refuseTooMany(address, origin);
    const found = await findForSignIn(this.backend.database.pool, address);
    // An unknown address takes as long as a wrong password, so that nobody can try which addresses exist.
    const isRight = await verify(found?.passwordHash ?? (await this.nobody), password);
    if (found === null || !isRight || found.person.disabledAt !== null) {
      this.perAddress.count(address);
      this.perOrigin.count(origin);
      throw new Problem(401, 'WRONG_SIGN_IN', 'E-mail or password is wrong; check both');
    }
    this.perAddress.forget(address);
    const token = newSecret();
    await inTransaction(this.backend.database, (tx) =>
      openSession(tx, { tokenHash: hashOfSecret(token), staffId: found.person.id, lifetimeMs }),
    );
    const { name, role, mayControl } = found.person;
    const caller = { actor: address, name, email: address, role, way: 'session' } as const;
    return {
      me: this.describe({ ...caller, mayControl: role !== 'support' || mayControl }),
      cookie: this.cookie(token),
    };
  }

  async signOut(cookies: string | undefined): Promise<string> {
    const token = sessionIn(cookies);
    if (token !== null) await closeSession(this.backend.database.pool, hashOfSecret(token));
    return this.cookie(null);
  }

  describe({ actor, name, email, role, mayControl }: Caller): MeView {
    return { actor, name, email, role, mayControl, demo: this.backend.settings.demo };
  }

  private cookie(token: string | null): string {
    return sessionCookie(token, { baseUrl: this.backend.settings.baseUrl, lifetimeMs });
  }

  private refuseTooMany(address: string, origin: string): void {
    if (!this.perAddress.isReached(address) && !this.perOrigin.isReached(origin)) return;
    throw new Problem(429, 'TOO_MANY_ATTEMPTS', 'Too many wrong attempts; wait 15 minutes');
  }
}
