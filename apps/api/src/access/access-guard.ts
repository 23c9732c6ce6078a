import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { findToken } from '../../../../database/stores/api-token.store.ts';
import { findSession } from '../../../../database/stores/session.store.ts';
import { Backend } from '../backend.ts';
import { Problem } from '../http/problem.ts';
import { type KnownRequest, permissionKey } from './needs.ts';
import { type Caller, isAllowed, type Permission } from './permissions.ts';
import { hashOfSecret } from './secrets.ts';
import { sessionIn } from './session-cookie.ts';

/** Finds out who asks, and refuses what they may not do. A route that says nothing is refused to everybody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly backend: Backend,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = this.reflector.getAllAndOverride<
      Permission | 'nothing' | 'own-proof' | undefined
    >(permissionKey, [context.getHandler(), context.getClass()]);
    const request = context.switchToHttp().getRequest<KnownRequest>();
    if (permission === 'own-proof') return true;
    if (permission === 'nothing') {
      refuseForeignForms(request, this.backend.settings.baseUrl);
      return true;
    }
    const caller = await this.callerOf(request);
    if (caller === null) {
      throw new Problem(401, 'SIGN_IN_REQUIRED', 'Sign in, or send a valid token as Bearer');
    }
    if (caller.way === 'session') refuseForeignForms(request, this.backend.settings.baseUrl);
    if (permission === undefined || !isAllowed(caller, permission)) {
      throw new Problem(403, 'NOT_ALLOWED', `Your role (${caller.role}) does not allow this`);
    }
    request.caller = caller;
    return true;
  }

  private async callerOf({ headers }: KnownRequest): Promise<Caller | null> {
    const { pool } = this.backend.database;
    const bearer = /^Bearer ([A-Za-z0-9_.-]{10,200})$/i.exec(headers.authorization ?? '');
    if (bearer?.[1] !== undefined) {
      const token = await findToken(pool, hashOfSecret(bearer[1]));
      if (token === null) return null;
      const { name, role } = token;
      return {
        actor: `token:${name}`,
        name,
        email: null,
        role,
        mayControl: role !== 'ci',
        way: 'token',
      };
    }
    const session = sessionIn(headers.cookie);
    if (session === null) return null;
    const person = await findSession(pool, hashOfSecret(session));
    if (person === null) return null;
    const { email, name, role } = person;
    const mayControl = role !== 'support' || person.mayControl;
    return { actor: email, name, email, role, mayControl, way: 'session' };
  }
}

/**
 * A browser sends the cookie along with whatever another page makes it send. What changes something must therefore
 * be JSON, which no form can send, and must come from our own pages.
 */
function refuseForeignForms(request: KnownRequest, baseUrl: string): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const isForeign =
    site === undefined
      ? origin !== undefined && origin !== new URL(baseUrl).origin && origin !== ownOrigin(request)
      : site !== 'same-origin' && site !== 'none';
  if (isForeign) {
    throw new Problem(403, 'FOREIGN_ORIGIN', 'This request came from another site; use our pages');
  }
  const hasBody = Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && !request.is('application/json')) {
    throw new Problem(415, 'JSON_EXPECTED', 'Send application/json');
  }
}

function ownOrigin(request: KnownRequest): string {
  return `${request.protocol}://${request.headers.host ?? ''}`;
}
