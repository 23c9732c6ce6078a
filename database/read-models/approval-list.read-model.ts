import type { Instant } from '../../domain/instant.ts';
import type { Consent } from '../../domain/rollout/policy.ts';
import type { RoundState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** A question to a client. */
export interface ApprovalEntry {
  readonly roundId: string;
  readonly rollout: { readonly id: string; readonly name: string };
  readonly client: { readonly key: string; readonly name: string };
  readonly build: string;
  readonly consent: Consent;
  readonly state: RoundState;
  readonly requestedAt: Instant | null;
  readonly deadline: Instant | null;
  readonly clientRolloutId: string;
  readonly approvers: readonly {
    readonly id: string;
    readonly name: string;
    readonly email: string;
  }[];
}

/** Questions, the most urgent first. */
export async function readApprovals(
  db: Queryable,
  query: { readonly roundId?: string; readonly state?: RoundState },
): Promise<readonly ApprovalEntry[]> {
  return await db.rows<ApprovalEntry>(
    `select ar.id as "roundId", ar.client_rollout_id as "clientRolloutId",
       jsonb_build_object('id', r.id, 'name', r.name) as rollout,
       jsonb_build_object('key', cl.key, 'name', cl.name) as client, b.version as build, ar.consent, ar.state,
       ar.requested_at as "requestedAt", ar.deadline, coalesce(people.approvers, '[]') as approvers
     from approval_round ar
     join client_rollout cr on cr.id = ar.client_rollout_id
     join rollout r on r.id = cr.rollout_id
     join client cl on cl.id = cr.client_id
     join build b on b.id = ar.build_id
     left join lateral (
       select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email) order by p.name)
         as approvers
       from contact p
       where p.client_id = cl.id and 'approver' = any(p.roles)
     ) people on true
     where ($1::uuid is null or ar.id = $1) and ($2::text is null or ar.state = $2)
     order by ar.deadline nulls last, ar.opened_at
     limit 1000`,
    [query.roundId ?? null, query.state ?? null],
  );
}
