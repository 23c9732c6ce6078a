import type { ClientRolloutState, RolloutState } from './states.ts';

/** What the sentence is made from: who of a rollout is where. */
export interface RolloutOverview {
  readonly state: RolloutState;
  readonly stateReason: string | null;
  readonly stateBy: string | null;
  /** The last planned date, as it is to be read; null = nobody has one. */
  readonly lastDate: string | null;
  readonly groups: readonly {
    readonly state: ClientRolloutState;
    readonly held: boolean;
    readonly names: readonly string[];
  }[];
}

/** How a rollout stands, in the one sentence that somebody in a hurry reads. */
export function bossSentence(rollout: RolloutOverview): string {
  const total = rollout.groups.reduce((sum, { names }) => sum + names.length, 0);
  const done = namesIn(rollout, ['done']).length;
  if (total > 0 && done === total) return `All ${total} clients are done`;
  const parts = [`${done} of ${total} ${total === 1 ? 'client' : 'clients'} done`];
  const onTheirWay = namesIn(rollout, ['planned', 'previewing', 'agreed', 'scheduled'], false);
  if (onTheirWay.length > 0) {
    const by = rollout.lastDate === null ? 'without a date yet' : `due by ${rollout.lastDate}`;
    parts.push(`${onTheirWay.length} ${by}`);
  }
  for (const [states, words] of groupsToName) {
    parts.push(...naming(namesIn(rollout, states), words));
  }
  parts.push(...naming(heldNames(rollout), 'on hold'));
  return `${headOf(rollout)}${parts.join('; ')}`;
}

const groupsToName: readonly (readonly [readonly ClientRolloutState[], string])[] = [
  [['deploying', 'verifying'], 'being deployed now'],
  [['asking'], 'waiting for an answer'],
  [['failed'], 'failed'],
  [['unknown'], 'of unknown outcome'],
  [['missed'], 'missed the slot'],
  [['rejected'], 'rejected by the client'],
  [['no-answer'], 'ended without an answer'],
  [['skipped'], 'skipped'],
  [['withdrawn', 'rolled-back'], 'withdrawn'],
];

function headOf({ state, stateReason, stateBy }: RolloutOverview): string {
  if (state !== 'paused' && state !== 'stopped') return '';
  const why = stateReason === null ? '' : `: ${stateReason}`;
  return `${state === 'paused' ? 'Paused' : 'Stopped'} by ${stateBy ?? 'daymark'}${why}. `;
}

function namesIn(
  { groups }: RolloutOverview,
  states: readonly ClientRolloutState[],
  held?: boolean,
): readonly string[] {
  return groups.flatMap((group) =>
    states.includes(group.state) && (held === undefined || group.held === held) ? group.names : [],
  );
}

function heldNames({ groups }: RolloutOverview): readonly string[] {
  const settled: readonly ClientRolloutState[] = ['done', 'skipped', 'withdrawn'];
  return groups.flatMap((group) =>
    group.held && !settled.includes(group.state) ? group.names : [],
  );
}

/** Up to four are named; with more, the number says enough. */
function naming(names: readonly string[], words: string): readonly string[] {
  if (names.length === 0) return [];
  const who = names.length <= 4 ? ` (${names.join(', ')})` : '';
  return [`${names.length} ${words}${who}`];
}
