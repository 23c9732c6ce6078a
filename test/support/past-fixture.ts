import { newId } from '../../database/new-id.ts';
import type { Queryable } from '../../database/pool.ts';
import type {
  BuildId,
  ClientRolloutId,
  CohortId,
  DeliveryId,
  DeployerId,
  DeploymentId,
  RolloutId,
} from '../../domain/ids.ts';
import { type Instant, plusMs } from '../../domain/instant.ts';
import type { TestClient } from './client-fixture.ts';
import { insertRow, json, rightNow } from './fixtures.ts';

/** A client for which something happened before the test begins. */
export interface PastClient extends TestClient {
  readonly clientRolloutId: ClientRolloutId;
  readonly cohortId: CohortId;
}

const minuteMs = 60_000;

/** A deployment that ended well and was verified, as the preview of a client that agreed has it. */
export async function insertVerifiedDeployment(
  db: Queryable,
  of: {
    readonly rolloutId: RolloutId;
    readonly buildId: BuildId | null;
    readonly client: PastClient;
  },
  siteKind: 'preview' | 'production',
): Promise<DeploymentId> {
  const id = newId<DeploymentId>();
  const { client, rolloutId, buildId } = of;
  const at = rightNow();
  const [deployer] = await db.rows<{ id: DeployerId }>(
    `select d.id from deployer d order by d.created_at limit 1`,
  );
  await insertRow(db, 'deployment', {
    id,
    client_rollout_id: client.clientRolloutId,
    rollout_id: rolloutId,
    cohort_id: client.cohortId,
    client_id: client.clientId,
    site_id: siteKind === 'preview' ? client.previewSiteId : client.productionSiteId,
    site_kind: siteKind,
    deployer_id: deployer?.id,
    build_id: buildId,
    generation: 1,
    idempotency_key: `${rolloutId}:${client.clientId}:${siteKind}:1`,
    body: '{}',
    state: 'succeeded',
    since: at,
    claimed_at: at,
    attempt: 1,
    uncertain: false,
    deadline: plusMs(at, 60 * minuteMs),
    facts: json({}),
    verification: 'match',
    verified_at: at,
    finished_at: at,
  });
  return id;
}

/** The notice for the slot, accepted by the mail provider a minute before its start. */
export async function insertAcceptedNotice(
  db: Queryable,
  client: PastClient,
  { rolloutId }: { readonly rolloutId: RolloutId },
  slotStart: Instant,
): Promise<void> {
  const id = newId<DeliveryId>();
  const acceptedAt = plusMs(slotStart, -minuteMs);
  await insertRow(db, 'mail_delivery', {
    id,
    dedupe_key: `notice:${client.clientRolloutId}`,
    kind: 'notice',
    rollout_id: rolloutId,
    client_rollout_id: client.clientRolloutId,
    client_id: client.clientId,
    contact_id: client.contacts[0]?.contactId ?? null,
    bound_to: slotStart.slice(0, 16),
    live: true,
    client_facing: true,
    dated: true,
    snapshot: json({ to: client.contacts[0]?.email ?? '', subject: 'Your date' }),
    snapshot_sha256: '0',
    links: json([]),
    rfc_message_id: `<${id}@mail.example>`,
    thread_root_id: `<${id}@mail.example>`,
    lane: client.clientRolloutId,
    lane_position: 1,
    stream: 'outbound',
    not_before: acceptedAt,
    status: 'accepted',
    status_since: acceptedAt,
    attempt: 1,
    accepted_at: acceptedAt,
    look_ups: 0,
    created_at: acceptedAt,
  });
}
