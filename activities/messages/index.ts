import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { MailActivities } from '../../workflows/contract/activities.ts';
import type { MailDependencies } from './mail-settings.ts';
import { sendDue } from './send-due.ts';

const beatMs = 2_000;

/** The act of the mail loop. A cancelled call ends what it has begun and begins nothing new. */
export function createMailActivities(deps: MailDependencies): MailActivities {
  return {
    sendDue: async (input) => {
      const beating = setInterval(heartbeat, beatMs);
      try {
        return await sendDue(deps, input, { beat: heartbeat, stopping: cancellationSignal() });
      } finally {
        clearInterval(beating);
      }
    },
  };
}
