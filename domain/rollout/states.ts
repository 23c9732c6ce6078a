/** The closed lists of states; SQL checks, API schemas and screens use these and no others. */
export const clientRolloutStates = [
  'planned',
  'previewing',
  'asking',
  'agreed',
  'scheduled',
  'missed',
  'deploying',
  'verifying',
  'done',
  'rejected',
  'no-answer',
  'failed',
  'unknown',
  'skipped',
  'withdrawn',
  'rolled-back',
] as const;
export type ClientRolloutState = (typeof clientRolloutStates)[number];

export const rolloutStates = ['draft', 'running', 'paused', 'stopped', 'closed', 'done'] as const;
export type RolloutState = (typeof rolloutStates)[number];

export const cohortStates = ['waiting', 'open', 'observing', 'passed'] as const;
export type CohortState = (typeof cohortStates)[number];

export const roundStates = ['open', 'approved', 'rejected', 'no-answer', 'superseded'] as const;
export type RoundState = (typeof roundStates)[number];

export const deploymentStates = [
  'claimed',
  'dispatching',
  'running',
  'succeeded',
  'failed',
  'unknown',
] as const;
export type DeploymentState = (typeof deploymentStates)[number];

/** A deployment whose outcome is not known yet: it holds its places. */
export function isUnsettled(state: DeploymentState): boolean {
  return state === 'claimed' || state === 'dispatching' || state === 'running';
}

/** What the site itself said after a deployment. *other-version* and *unhealthy* are failures, *unknown* is not. */
export const verifications = ['pending', 'match', 'other-version', 'unhealthy', 'unknown'] as const;
export type Verification = (typeof verifications)[number];

/** States from which a client rollout moves by itself; all others end or wait for a person. */
const live: readonly ClientRolloutState[] = [
  'planned',
  'previewing',
  'asking',
  'agreed',
  'scheduled',
  'missed',
  'deploying',
  'verifying',
];

/** A client rollout that is over for this rollout unless a person retries it. */
export function hasEnded(state: ClientRolloutState): boolean {
  return !live.includes(state);
}

/** A rollout under which nothing may start any more. */
export function isOver(state: RolloutState): boolean {
  return state === 'stopped' || state === 'closed' || state === 'done';
}

/** The words people read for a state; code words never reach a client. */
interface StateWords {
  readonly staff: string;
  readonly en: string;
  readonly fr: string;
}

export const clientRolloutWords = {
  planned: { staff: 'Planned', en: 'Planned', fr: 'Prévue' },
  previewing: {
    staff: 'On its way to preview',
    en: 'Being installed on your preview site',
    fr: 'En cours d’installation sur votre site d’essai',
  },
  asking: {
    staff: 'Waiting for the client',
    en: 'Waiting for your answer',
    fr: 'En attente de votre réponse',
  },
  agreed: { staff: 'Agreed', en: 'Agreed', fr: 'Acceptée' },
  scheduled: { staff: 'Scheduled', en: 'Date set', fr: 'Date fixée' },
  missed: { staff: 'Missed its slot', en: 'A new date follows', fr: 'Une nouvelle date suivra' },
  deploying: { staff: 'Deploying', en: 'Being installed', fr: 'Installation en cours' },
  verifying: { staff: 'Verifying', en: 'Being checked', fr: 'Vérification en cours' },
  done: { staff: 'Done', en: 'Installed and checked', fr: 'Installée et vérifiée' },
  rejected: { staff: 'Rejected', en: 'You declined', fr: 'Vous avez refusé' },
  'no-answer': { staff: 'No answer', en: 'No answer received', fr: 'Sans réponse' },
  failed: { staff: 'Failed', en: 'A problem occurred', fr: 'Un problème est survenu' },
  unknown: { staff: 'Unknown', en: 'We are checking', fr: 'Nous vérifions' },
  skipped: { staff: 'Skipped', en: 'Not in this update', fr: 'Pas dans cette mise à jour' },
  withdrawn: { staff: 'Withdrawn', en: 'Withdrawn', fr: 'Retirée' },
  'rolled-back': {
    staff: 'Rolled back',
    en: 'Previous version restored',
    fr: 'Version précédente rétablie',
  },
} as const satisfies Record<ClientRolloutState, StateWords>;
