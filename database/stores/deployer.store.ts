import type { DeployerId } from '../../domain/ids.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** A deployer as it is stored. */
export interface StoredDeployer {
  readonly id: DeployerId;
  readonly name: string;
  readonly kind: 'webhook' | 'command' | 'manual';
  readonly url: string | null;
  /** Signing secrets parted by spaces, each written out or as a reference such as `env:FLEET_SECRET`. */
  readonly secret: string | null;
  readonly lookUpUrl: string | null;
  /** Name of a program in the worker's configuration. */
  readonly command: string | null;
  readonly capability: 'key' | 'label' | 'none';
  readonly maxInFlight: number;
  /** Why nothing is sent to it any more; null = it is in use. */
  readonly disabledReason: string | null;
}

/** A row of SQL that has selected `deployerColumns`. */
export interface DeployerRow {
  readonly deployer: {
    readonly id: DeployerId;
    readonly name: string;
    readonly kind: StoredDeployer['kind'];
    readonly url: string | null;
    readonly secret: string | null;
    readonly look_up_url: string | null;
    readonly command: string | null;
    readonly capability: StoredDeployer['capability'];
    readonly max_in_flight: number;
    readonly disabled_reason: string | null;
  };
}

/** Selects a deployer named `dp` as one column, for queries that need it beside something else. */
export const deployerColumns = `to_jsonb(dp) as deployer`;

/** The deployer of a row that selected `deployerColumns`. */
export function deployerIn({ deployer }: DeployerRow): StoredDeployer {
  const { id, name, kind, url, secret, command, capability } = deployer;
  return {
    id,
    name,
    kind,
    url,
    secret,
    lookUpUrl: deployer.look_up_url,
    command,
    capability,
    maxInFlight: deployer.max_in_flight,
    disabledReason: deployer.disabled_reason,
  };
}

/** Finds a deployer by its name; null when there is none. */
export async function findDeployer(db: Queryable, name: string): Promise<StoredDeployer | null> {
  const [row] = await db.rows<DeployerRow>(
    `select ${deployerColumns} from deployer dp where dp.name = $1`,
    [name],
  );
  return row ? deployerIn(row) : null;
}

/** Every deployer, by name. */
export async function listDeployers(db: Queryable): Promise<readonly StoredDeployer[]> {
  const rows = await db.rows<DeployerRow>(
    `select ${deployerColumns} from deployer dp order by dp.name`,
  );
  return rows.map(deployerIn);
}

/** Creates or changes the deployer of that name, and puts it in use; a null secret keeps the stored one. */
export async function saveDeployer(
  tx: Transaction,
  saved: Omit<StoredDeployer, 'id' | 'disabledReason'> & { readonly by: string },
): Promise<DeployerId> {
  const rows = await tx.rows<{ id: DeployerId }>(
    `insert into deployer as d
       (id, name, kind, url, secret, look_up_url, command, capability, max_in_flight, disabled_reason, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, $10)
     on conflict (name) do update
       set kind = excluded.kind, url = excluded.url, secret = coalesce(excluded.secret, d.secret),
           look_up_url = excluded.look_up_url, command = excluded.command, capability = excluded.capability,
           max_in_flight = excluded.max_in_flight, disabled_reason = null
     returning d.id`,
    [
      newId(),
      saved.name,
      saved.kind,
      saved.url,
      saved.secret,
      saved.lookUpUrl,
      saved.command,
      saved.capability,
      saved.maxInFlight,
      await tx.now(),
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('Saving a deployer returned no row');
  tx.record({ kind: 'deployer.saved', actor: saved.by, facts: { deployer: saved.name } });
  return row.id;
}

/** Takes a deployer out of use; false when it was already. */
export async function disableDeployer(
  tx: Transaction,
  disabled: { readonly id: DeployerId; readonly by: string; readonly reason: string },
): Promise<boolean> {
  const rows = await tx.rows<{ name: string }>(
    `update deployer as d
     set disabled_reason = $2
     where d.id = $1 and d.disabled_reason is null
     returning d.name`,
    [disabled.id, disabled.reason],
  );
  const [row] = rows;
  if (!row) return false;
  tx.record({
    kind: 'deployer.disabled',
    actor: disabled.by,
    cause: disabled.reason,
    facts: { deployer: row.name },
  });
  return true;
}
