import type { Queryable } from '../../database/pool.ts';
import { findDeployer, type StoredDeployer } from '../../database/stores/deployer.store.ts';
import {
  type DeployProgram,
  openCommandDeployer,
} from '../../integrations/deployment/command-deployer.ts';
import type { Deployer, DeployerTest } from '../../integrations/deployment/deployer.ts';
import { openManualDeployer } from '../../integrations/deployment/manual-deployer.ts';
import { openWebhookDeployer } from '../../integrations/deployment/webhook-deployer.ts';
import type { OutgoingRules } from '../../integrations/outgoing-http/outgoing-rules.ts';

/** Turns stored deployers into ones that can be spoken to. */
export interface DeployerRegistry {
  /** Never throws: a deployer that cannot be used refuses and says why. */
  readonly open: (stored: StoredDeployer) => Deployer;
}

/** What the registry needs of a process' configuration. */
export interface DeployerRegistrySettings {
  /** Where deployers may be reached; private places only by its allow list. */
  readonly rules: OutgoingRules;
  readonly programs: ReadonlyMap<string, DeployProgram>;
  readonly requestMs: number;
  readonly nowMs: () => number;
  /** Finds a secret that is stored as a reference, such as `env:FLEET_SECRET`. */
  readonly secretOf?: (reference: string) => string | undefined;
}

/** The registry of one process. */
export function deployerRegistry(settings: DeployerRegistrySettings): DeployerRegistry {
  return {
    open: (stored) => {
      if (stored.disabledReason !== null) {
        return refusing(`it is disabled: ${stored.disabledReason}`);
      }
      switch (stored.kind) {
        case 'webhook':
          return openWebhook(stored, settings);
        case 'command':
          return openCommandDeployer(stored.command ?? '', settings.programs);
        case 'manual':
          return openManualDeployer();
      }
    },
  };
}

/** A call that changes nothing, to see whether a deployer is set up; null when there is none of that name. */
export async function testDeployer(
  deps: { readonly db: Queryable; readonly deployers: DeployerRegistry },
  name: string,
): Promise<DeployerTest | null> {
  const stored = await findDeployer(deps.db, name);
  return stored === null ? null : await deps.deployers.open(stored).test();
}

/** Secrets may be stored as a reference to the environment, so that no copy of the database holds them. */
export function secretFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): (reference: string) => string | undefined {
  return (reference) => environment[reference.replace(/^env:/, '')];
}

function openWebhook(stored: StoredDeployer, settings: DeployerRegistrySettings): Deployer {
  const { rules, requestMs, nowMs } = settings;
  try {
    return openWebhookDeployer({
      url: stored.url ?? '',
      ...(stored.lookUpUrl === null ? {} : { lookUpUrl: stored.lookUpUrl }),
      secrets: secretsOf(stored, settings),
      capability: stored.capability,
      rules,
      requestMs,
      nowMs,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refusing(error.message);
  }
}

/** Newest first, parted by spaces. */
function secretsOf(
  { name, secret }: StoredDeployer,
  { secretOf }: DeployerRegistrySettings,
): readonly string[] {
  return (secret ?? '')
    .split(/\s+/)
    .filter((each) => each !== '')
    .map((each) => {
      if (!each.startsWith('env:')) return each;
      const found = secretOf?.(each);
      if (found === undefined) throw new RangeError(`Deployer ${name}: ${each} is not set here`);
      return found;
    });
}

/** Without any call: nothing starts there, and asking is of no use either. */
function refusing(reason: string): Deployer {
  return {
    capability: 'none',
    dispatch: () => Promise.resolve({ kind: 'refused', reason }),
    lookUp: () => Promise.resolve({ kind: 'no-answer', cause: reason, retryAfterMs: null }),
    test: () => Promise.resolve({ kind: 'failed', reason }),
  };
}
