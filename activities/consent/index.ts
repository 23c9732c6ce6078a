import type { ClientActivities } from '../../workflows/contract/activities.ts';
import { clientAct } from '../client-look.ts';
import type { ActDependencies } from '../dependencies.ts';
import { announce } from './announce.ts';
import { askConsent } from './ask-consent.ts';
import { closeRound } from './close-round.ts';

/** The acts by which a client is asked and told its date. */
export function createConsentActivities(
  deps: ActDependencies,
): Pick<ClientActivities, 'askConsent' | 'closeRound' | 'announce'> {
  return {
    askConsent: (input) =>
      clientAct(deps, input, {
        name: 'askConsent',
        lock: 'client',
        perform: (tx, look) => askConsent(tx, deps, look),
      }),
    closeRound: (input) =>
      clientAct(deps, input, {
        name: 'closeRound',
        lock: 'client',
        perform: (tx, look) => closeRound(tx, deps, look),
      }),
    announce: (input) =>
      clientAct(deps, input, {
        name: 'announce',
        lock: 'client',
        perform: (tx, look) => announce(tx, deps, look),
      }),
  };
}
