import { sendWakes, type WakeLedger } from '../../../integrations/workflow-engine/send-wakes.ts';
import type { WorkflowEngine } from '../../../integrations/workflow-engine/workflow-engine.ts';
import type { Duty } from './duty.ts';

const everyMs = 1_000;

/** Sends the wakes that the process which raised them did not send itself, first in the plan first. */
export function relay(ledger: WakeLedger, engine: WorkflowEngine): Duty {
  return {
    name: 'relay',
    everyMs,
    perform: async () => {
      const { claimed, failed } = await sendWakes(ledger, engine);
      return claimed > failed;
    },
  };
}
