import type { DeployAnswer, DeployLookUp } from '../../domain/rollout/classify-deploy-answer.ts';

/** Starts work at a client's site and finds out what became of it. Nothing here ever tries twice. */
export interface Deployer {
  /** What an unknown outcome may lead to. */
  readonly capability: DeployCapability;
  /** Tries once. Never throws: whatever goes wrong is an answer. */
  dispatch(request: DeployRequest): Promise<DeployAnswer>;
  /** Asks after an earlier dispatch. Never throws. */
  lookUp(operation: DeployOperation): Promise<DeployLookUp>;
  /** A call that changes nothing, to see whether the deployer is set up. Never throws. */
  test(): Promise<DeployerTest>;
}

/**
 * `key`: honours the idempotency key, the same request may be repeated. `label`: must be looked up
 * before any repetition. `none`: an unknown outcome always goes to a person.
 */
export type DeployCapability = 'key' | 'label' | 'none';

/** One dispatch, frozen with its intent: every attempt sends the same bytes under the same ids. */
export interface DeployRequest {
  /** `<rollout>:<client>:<site>:<generation>` */
  readonly key: string;
  /** Constant over all attempts of this key. */
  readonly webhookId: string;
  /** The JSON text stored with the intent. */
  readonly body: string;
  /** Asked once connected, directly before the first byte is written; false leaves nothing written. */
  readonly beforeWrite: () => boolean;
}

/** An operation that was dispatched earlier. */
export interface DeployOperation {
  readonly key: string;
  /** As answered by the deployer; null when no answer was read. */
  readonly operationId: string | null;
  readonly statusUrl: string | null;
}

/** Result of a test call. */
export type DeployerTest =
  | { readonly kind: 'passed'; readonly detail: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'not-supported' };
