import { createHash } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { catchError, concatMap, from, mergeMap, type Observable, of } from 'rxjs';
import {
  claimKey,
  finishKey,
  giveKeyBack,
  type KeyedRequest,
} from '../../../../database/stores/idempotency.store.ts';
import { canonicalJson } from '../../../../domain/canonical-json.ts';
import type { KnownRequest } from '../access/needs.ts';
import { Backend } from '../backend.ts';
import { idempotencyKey, type IdempotencyNeed } from './idempotent.ts';
import { bodyOf, problemFrom } from './problem-filter.ts';
import { Problem } from './problem.ts';

/**
 * A request with a key is done once: a repeat gets the stored answer. Refusals that would come again are stored as
 * well; where we failed ourselves the key is given back.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly backend: Backend,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const need = this.reflector.get<IdempotencyNeed | undefined>(
      idempotencyKey,
      context.getHandler(),
    );
    if (need === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<KnownRequest>();
    const keyed = keyedRequest(request);
    if (keyed === null) {
      if (need === 'required-of-tokens' && request.caller?.way === 'token') {
        throw new Problem(
          400,
          'IDEMPOTENCY_KEY_MISSING',
          'Send an Idempotency-Key, so that a repeat of this request changes nothing',
        );
      }
      return next.handle();
    }
    const response = context.switchToHttp().getResponse<Response>();
    return from(claimKey(this.backend.database.pool, keyed)).pipe(
      mergeMap((claim) => {
        switch (claim.kind) {
          case 'claimed':
            return this.run(keyed, next, response);
          case 'running':
            throw new Problem(
              409,
              'IDEMPOTENCY_KEY_RUNNING',
              'The first request with this key is still running; ask again in a moment',
            );
          case 'reused':
            throw new Problem(
              422,
              'IDEMPOTENCY_KEY_REUSED',
              'This Idempotency-Key was sent with another request; use a new one',
            );
          case 'finished':
            return replay(claim, response);
        }
      }),
    );
  }

  private run(keyed: KeyedRequest, next: CallHandler, response: Response): Observable<unknown> {
    const { pool } = this.backend.database;
    return next.handle().pipe(
      concatMap(async (body: unknown) => {
        await finishKey(pool, keyed, { status: response.statusCode, body });
        return body;
      }),
      catchError(async (error: unknown) => {
        const problem = problemFrom(error);
        await (
          problem !== null && problem.status < 500
            ? finishKey(pool, keyed, { status: problem.status, body: bodyOf(problem) })
            : giveKeyBack(pool, keyed)
        ).catch(() => undefined);
        throw error;
      }),
    );
  }
}

function replay(
  { status, body }: { readonly status: number; readonly body: unknown },
  response: Response,
): Observable<unknown> {
  response.setHeader('Idempotent-Replayed', 'true');
  if (status >= 400) {
    const { code, detail, ...stored } = body as StoredProblem;
    // Title, type and status follow from the code's status again.
    const more = Object.entries(stored).filter(([name]) => !follows.includes(name));
    throw new Problem(status, code, detail, Object.fromEntries(more));
  }
  response.status(status);
  return of(body);
}

interface StoredProblem extends Readonly<Record<string, unknown>> {
  readonly code: string;
  readonly detail: string;
}

const follows: readonly string[] = ['type', 'title', 'status'];

function keyedRequest(request: KnownRequest): KeyedRequest | null {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || request.caller === undefined) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Problem(400, 'INVALID_REQUEST', 'Idempotency-Key: write 1 to 200 visible characters');
  }
  const { actor } = request.caller;
  const said = canonicalJson([request.method, request.originalUrl, request.body ?? null]);
  return { actor, key, requestHash: createHash('sha256').update(said).digest('hex') };
}
