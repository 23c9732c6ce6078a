import {
  type OwedWake,
  sendWakes,
  type WakeLedger,
} from '../../../integrations/workflow-engine/send-wakes.ts';
import { wakeAfterCommit } from '../../../integrations/workflow-engine/wake-after-commit.ts';
import type { WorkflowEngine } from '../../../integrations/workflow-engine/workflow-engine.ts';

/** A ledger that owes each given loop once, and notes what it is told. */
function ledgerOf(...owed: readonly string[]) {
  const open = new Set(owed);
  const sent: string[] = [];
  const failed: { readonly ids: readonly string[]; readonly error: string }[] = [];
  const idsOf = (wakes: readonly OwedWake[]) => wakes.map((wake) => wake.workflowId);
  const ledger: WakeLedger = {
    claim: (only) => {
      const claimed = [...open].filter((id) => only === null || only.includes(id));
      for (const id of claimed) open.delete(id);
      return Promise.resolve(claimed.map((workflowId) => ({ workflowId, level: 1 })));
    },
    markSent: (wakes) => Promise.resolve(void sent.push(...idsOf(wakes))),
    markFailed: (wakes, error) => Promise.resolve(void failed.push({ ids: idsOf(wakes), error })),
  };
  return { ledger, sent, failed };
}

function engineThat(wake: WorkflowEngine['wake']): WorkflowEngine {
  return { wake, close: () => Promise.resolve() };
}

const obedient = engineThat(() => Promise.resolve());

it('records which signals left and which did not', async () => {
  const { ledger, sent, failed } = ledgerOf('mail/a', 'mail/b', 'mail/c');
  const engine = engineThat((id) =>
    id === 'mail/b' ? Promise.reject(new Error('Temporal is away')) : Promise.resolve(),
  );

  const came = await sendWakes(ledger, engine);

  expect(came).toEqual({ claimed: 3, failed: 1 });
  expect(sent.sort()).toEqual(['mail/a', 'mail/c']);
  expect(failed).toEqual([{ ids: ['mail/b'], error: 'Temporal is away' }]);
});

it('has at most twenty signals on their way at once', async () => {
  const { ledger } = ledgerOf(...Array.from({ length: 60 }, (_, index) => `mail/${index}`));
  let underWay = 0;
  let most = 0;
  const engine = engineThat(async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((wake) => setImmediate(wake));
    underWay -= 1;
  });

  await sendWakes(ledger, engine);

  expect(most).toBe(20);
});

it('sends what one commit raised and leaves many to the relay', async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `mail/${index}`);
  const { ledger, sent } = ledgerOf(...ids, 'mail/of-somebody-else');
  const sender = wakeAfterCommit(ledger, obedient);

  sender.onWakes(ids);
  await sender.settle();

  expect(sent).toEqual(ids.slice(0, 20));
});

it('sends what is raised while it sends', async () => {
  const { ledger, sent } = ledgerOf('mail/a', 'mail/b');
  const sender = wakeAfterCommit(
    ledger,
    engineThat((id) => {
      if (id === 'mail/a') sender.onWakes(['mail/b']);
      return Promise.resolve();
    }),
  );

  sender.onWakes(['mail/a']);
  await sender.settle();

  expect(sent).toEqual(['mail/a', 'mail/b']);
});

it('never fails the one who committed', async () => {
  const { ledger } = ledgerOf();
  const sender = wakeAfterCommit(
    { ...ledger, claim: () => Promise.reject(new Error('no database')) },
    obedient,
  );

  sender.onWakes(['mail/a']);

  await expect(sender.settle()).resolves.toBeUndefined();
});
