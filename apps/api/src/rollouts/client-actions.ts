import type { ClientFacts } from '../../../../domain/rollout/client-facts.ts';
import { hasEnded, isOver } from '../../../../domain/rollout/states.ts';
import { type Caller, isAllowed, type Permission } from '../access/permissions.ts';
import type { clientActions } from './rollout-clients.schemas.ts';

type ClientAction = (typeof clientActions)[number];

/** What this reader may do to a client of a rollout now; the decision itself is made again under locks. */
export function actionsFor(facts: ClientFacts, caller: Caller): readonly ClientAction[] {
  const { rollout } = facts.control;
  const possible = Object.entries(rules) as [ClientAction, Rule][];
  // Another attempt brings a rollout that was done back to running; nothing brings back one that was stopped.
  const allowed = isOver(rollout)
    ? possible.filter(([action]) => action === 'retry' && rollout === 'done')
    : possible;
  return allowed.flatMap(([action, { needs, suits }]) =>
    isAllowed(caller, needs) && suits(facts) ? [action] : [],
  );
}

interface Rule {
  readonly needs: Permission;
  readonly suits: (facts: ClientFacts) => boolean;
}

const inProduction: readonly string[] = ['deploying', 'verifying', 'done'];

const rules: Readonly<Record<ClientAction, Rule>> = {
  hold: {
    needs: 'hold',
    suits: ({ state, control }) => control.hold === null && !hasEnded(state),
  },
  release: { needs: 'hold', suits: ({ control }) => control.hold !== null },
  retry: {
    needs: 'retry',
    suits: ({ state, preview }) =>
      state === 'failed' || state === 'unknown' || (state === 'previewing' && hasFailed(preview)),
  },
  skip: {
    needs: 'manage',
    suits: ({ state }) =>
      !inProduction.includes(state) && state !== 'skipped' && state !== 'withdrawn',
  },
};

function hasFailed({ deployment }: ClientFacts['preview']): boolean {
  if (deployment === null) return false;
  const { state, verification } = deployment;
  if (state === 'failed' || state === 'unknown') return true;
  return state === 'succeeded' && verification !== 'match' && verification !== 'pending';
}
