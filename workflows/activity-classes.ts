import { type ActivityOptions } from '@temporalio/workflow';

// None of these ever gives up: a loop that ends in an error would need a person to find it. Failures that trying
// again cannot mend become facts (an outcome, an attention item), written by the activity itself.

/** Every act beats while it runs, so a killed worker's acts are another's after this, however long they may take. */
const heartbeatTimeout = '12 seconds';

/** Acts that only read and write facts. A duplicate costs one transaction, which finds the act done. */
export const factsOnly = {
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout,
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
  },
} as const satisfies ActivityOptions;

/**
 * Acts that call a deployer or a site. A duplicate call is answered under the same key, and the act checks its own
 * record before it calls. While the far side works they fail as benign and say when to ask again. A deploy program
 * may run for a day inside its act; the heartbeat tells such a one from a worker that is gone.
 */
export const callsOutside = {
  startToCloseTimeout: '25 hours',
  heartbeatTimeout,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} as const satisfies ActivityOptions;

/**
 * Sends mail. A duplicate would be a second mail in somebody's inbox, so each row is claimed before it is sent and
 * a claim without an answer is looked up, never sent again; the retry only goes on with the rows nobody claimed.
 */
export const sendsMail = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
} as const satisfies ActivityOptions;
