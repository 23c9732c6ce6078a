import { localDateAt } from '../../domain/calendar/zone.ts';
import {
  type Agreement,
  type AgreementTerms,
  isInForce,
  isOver,
} from '../../domain/client/agreement.ts';
import { describeAgreement } from '../../domain/client/describe-agreement.ts';
import type { AgreementId, ClientId } from '../../domain/ids.ts';
import type { Instant, LocalDate } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** An agreement that is made now. */
export type NewAgreement = AgreementTerms & {
  readonly clientId: ClientId;
  readonly source: string;
  readonly owner: string;
  readonly since: LocalDate;
  readonly expires: LocalDate | null;
  readonly bindsCritical: boolean;
  readonly actor: string;
};

/** Stores an agreement; the caller holds the vendor's row. */
export async function insertAgreement(
  tx: Transaction,
  agreement: NewAgreement,
): Promise<AgreementId> {
  const { actor, clientId, ...terms } = agreement;
  const { kind, document, source, owner, since, expires, bindsCritical } = terms;
  const id = newId<AgreementId>();
  await tx.rows(
    `insert into agreement
       (id, client_id, kind, document, source, owner, since, expires, binds_critical, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      clientId,
      kind,
      JSON.stringify(document),
      source,
      owner,
      since,
      expires,
      bindsCritical,
      actor,
      await tx.now(),
    ],
  );
  const facts = { agreementId: id, title: describeAgreement(agreement), ...terms };
  tx.record({ kind: 'agreement.made', actor, clientId, facts });
  return id;
}

/** Ends an agreement from now on; false when it had ended before. */
export async function endAgreement(
  tx: Transaction,
  { id, clientId, kind }: Pick<Agreement, 'id' | 'clientId' | 'kind'>,
  by: { readonly actor: string; readonly reason: string },
): Promise<boolean> {
  const rows = await tx.rows<{ agreement_id: string }>(
    `insert into agreement_end as ae (agreement_id, ended_at, ended_by, reason)
     values ($1, $2, $3, $4)
     on conflict (agreement_id) do nothing
     returning ae.agreement_id`,
    [id, await tx.now(), by.actor, by.reason],
  );
  if (rows.length === 0) return false;
  const facts = { agreementId: id, kind };
  tx.record({ kind: 'agreement.ended', actor: by.actor, cause: by.reason, clientId, facts });
  return true;
}

/**
 * The agreements of these clients that are in force at that moment, in the order they were made; calendars also when
 * they begin later, for their layers say from which day on they hold.
 */
export async function readAgreements(
  db: Queryable,
  clientIds: readonly ClientId[],
  at: Instant,
): Promise<readonly Agreement[]> {
  const rows = await db.rows<AgreementRow>(
    `${selectAgreements}
     where ag.client_id = any($1) and ae.agreement_id is null
     order by ag.created_at, ag.id`,
    [clientIds],
  );
  return rows
    .filter((row) => counts(row, localDateAt(row.zone, at)))
    .map((row) => agreementOf(row));
}

/** The client that agrees; null when there is none with that key. */
export async function readAgreeingClient(
  db: Queryable,
  key: string,
): Promise<{ readonly id: ClientId; readonly name: string; readonly zone: string } | null> {
  const rows = await db.rows<{ id: ClientId; name: string; zone: string }>(
    `select cl.id, cl.name, cl.zone from client cl where cl.key = $1`,
    [key],
  );
  return rows[0] ?? null;
}

/** All agreements of a client, also those that are over, the newest first. */
export async function listAgreements(
  db: Queryable,
  clientKey: string,
): Promise<readonly Agreement[]> {
  const rows = await db.rows<AgreementRow>(
    `${selectAgreements}
     where cl.key = $1
     order by ag.created_at desc, ag.id desc`,
    [clientKey],
  );
  return rows.map((row) => agreementOf(row));
}

/** One agreement; null when there is none with that id. */
export async function readAgreement(db: Queryable, id: string): Promise<Agreement | null> {
  const rows = await db.rows<AgreementRow>(
    `${selectAgreements}
     where ag.id = $1`,
    [id],
  );
  return rows[0] ? agreementOf(rows[0]) : null;
}

function counts({ kind, since, expires }: AgreementRow, today: LocalDate): boolean {
  const agreement = { since, expires, ended: null };
  return kind === 'calendar' ? !isOver(agreement, today) : isInForce(agreement, today);
}

const selectAgreements = `
  select
    ag.id, ag.client_id, cl.key as client_key, cl.zone, ag.kind, ag.document, ag.source, ag.owner, ag.since,
    ag.expires, ag.binds_critical, ag.created_by, ag.created_at, ae.ended_at, ae.ended_by, ae.reason as end_reason
  from agreement ag
  join client cl on cl.id = ag.client_id
  left join agreement_end ae on ae.agreement_id = ag.id`;

interface AgreementRow {
  readonly id: AgreementId;
  readonly client_id: ClientId;
  readonly client_key: string;
  readonly zone: string;
  readonly kind: Agreement['kind'];
  readonly document: unknown;
  readonly source: string;
  readonly owner: string;
  readonly since: LocalDate;
  readonly expires: LocalDate | null;
  readonly binds_critical: boolean;
  readonly created_by: string;
  readonly created_at: Instant;
  readonly ended_at: Instant | null;
  readonly ended_by: string | null;
  readonly end_reason: string | null;
}

function agreementOf(row: AgreementRow): Agreement {
  // The terms were checked when they were stored.
  const terms = { kind: row.kind, document: row.document } as AgreementTerms;
  return {
    ...terms,
    id: row.id,
    clientId: row.client_id,
    clientKey: row.client_key,
    source: row.source,
    owner: row.owner,
    since: row.since,
    expires: row.expires,
    bindsCritical: row.binds_critical,
    createdBy: row.created_by,
    createdAt: row.created_at,
    ended:
      row.ended_at === null
        ? null
        : { at: row.ended_at, by: row.ended_by ?? '', reason: row.end_reason ?? '' },
  };
}
