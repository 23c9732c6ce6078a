import type { Attention } from '../api/types.ts';

/** The screen on which an action is taken, opened at the right place. */
export function addressFor(item: Attention, action: string): string {
  if (action === 'check-mail-settings') return '/settings?tab=system';
  if (action === 'edit-contact' && item.client !== null) {
    return `/clients/${encodeURIComponent(item.client.key)}`;
  }
  if (action === 'announce-build') return '/changes';
  if (item.rollout === null) return '/rollouts';
  const query = new URLSearchParams({ do: action });
  if (item.client !== null) query.set('client', item.client.key);
  return `/rollouts/${item.rollout.id}?${query.toString()}`;
}
