import type { SiteProbe } from '../../integrations/sites/probe.ts';
import type { ActDependencies } from '../dependencies.ts';
import type { DeployerRegistry } from './deployer-registry.ts';

/** What deploying and verifying need beside the facts. */
export interface DeployDependencies extends ActDependencies {
  readonly deployers: DeployerRegistry;
  readonly probe: SiteProbe;
  readonly settings: DeploySettings;
}

/** Periods in milliseconds; the environment names them as durations. */
export interface DeploySettings {
  /** The first and the longest pause between two questions to a deployer or a site. */
  readonly pollMinMs: number;
  readonly pollMaxMs: number;
  /** How long a dispatch permit is valid; pause and stop wait this long at most. */
  readonly permitMs: number;
  /** How long one call to a deployer may take. */
  readonly requestMs: number;
}

/** The permit's time of the design; tests shorten it. */
export const usualPermitMs = 10_000;
