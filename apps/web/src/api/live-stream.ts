import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** Whether what changes elsewhere reaches this screen by itself. */
export type StreamState = 'connecting' | 'open' | 'lost';

/** Listens to what changed and has the screens load it again; the browser reconnects after the last event it saw. */
export function useLiveStream(): StreamState {
  const queryClient = useQueryClient();
  const [state, setState] = useState<StreamState>('connecting');
  useEffect(() => {
    const source = new EventSource('/v1/events');
    const reload = collectReloads(queryClient);
    source.addEventListener('open', () => {
      setState('open');
    });
    source.addEventListener('error', () => {
      setState('lost');
    });
    source.addEventListener('change', (event: MessageEvent<string>) => {
      reload.add(readRolloutId(event.data));
    });
    return () => {
      source.close();
      reload.cancel();
    };
  }, [queryClient]);
  return state;
}

/** These never change by an event: who is signed in, and plans. */
const untouched: readonly unknown[] = ['session', 'plan'];

/** A busy minute brings hundreds of events; the screen reloads once a second at most. */
const collectMs = 1000;

function collectReloads(queryClient: QueryClient): {
  add: (rolloutId: string | null) => void;
  cancel: () => void;
} {
  const changed = new Set<string | null>();
  let timer: number | undefined;
  const flush = (): void => {
    const rollouts = new Set(changed);
    changed.clear();
    timer = undefined;
    void queryClient.invalidateQueries({
      predicate: ({ queryKey: [root, id] }) =>
        !untouched.includes(root) && (root !== 'rollout' || rollouts.has(String(id))),
    });
  };
  return {
    add: (rolloutId) => {
      changed.add(rolloutId);
      timer ??= window.setTimeout(flush, collectMs);
    },
    cancel: () => {
      window.clearTimeout(timer);
    },
  };
}

function readRolloutId(data: string): string | null {
  const event = JSON.parse(data) as { readonly rolloutId: string | null };
  return event.rolloutId;
}
