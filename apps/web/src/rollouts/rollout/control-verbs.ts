import { api, take } from '../../api/client.ts';
import type { ClientRow, ControlResult } from '../../api/types.ts';

export type ClientVerb = ClientRow['actions'][number];
export type ControlVerb = ClientVerb | 'stop';

/** What is to be done to whom. */
export interface ControlOrder {
  readonly rolloutId: string;
  readonly verb: ControlVerb;
  readonly clients: readonly string[];
  readonly reason: string;
  readonly until?: string;
  readonly nextVersion?: string;
}

export const verbWords = {
  hold: { does: 'Hold', done: 'Held', danger: false },
  release: { does: 'Release', done: 'Released', danger: false },
  retry: { does: 'Retry', done: 'Ordered again', danger: false },
  skip: { does: 'Skip', done: 'Skipped', danger: true },
  stop: { does: 'Stop for good', done: 'Stopped', danger: true },
} as const satisfies Record<ControlVerb, { does: string; done: string; danger: boolean }>;

/** Carries an order out, or only says whom and which messages it would touch. */
export function control(order: ControlOrder, preview: boolean): Promise<ControlResult> {
  const params = {
    path: { id: order.rolloutId },
    query: preview ? { preview: 'true' as const } : {},
  };
  const clients = [...order.clients];
  const { reason } = order;
  switch (order.verb) {
    case 'hold': {
      const until = order.until === undefined ? {} : { until: order.until };
      return take(
        api.POST('/v1/rollouts/{id}/holds', { params, body: { clients, reason, ...until } }),
      );
    }
    case 'release':
      return take(api.POST('/v1/rollouts/{id}/releases', { params, body: { clients } }));
    case 'retry':
      return take(api.POST('/v1/rollouts/{id}/retries', { params, body: { clients, reason } }));
    case 'skip': {
      const version = order.nextVersion === undefined ? {} : { nextVersion: order.nextVersion };
      return take(
        api.POST('/v1/rollouts/{id}/skips', { params, body: { clients, reason, ...version } }),
      );
    }
    case 'stop':
      return take(api.POST('/v1/rollouts/{id}/stop', { params, body: { reason } }));
  }
}
