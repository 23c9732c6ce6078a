import { z } from 'zod';
import { siteKinds, type SiteKind } from '../sites/fleet.ts';

/** Which calls a fault strikes: the next n, of everybody or of one client or kind of site. */
const scope = {
  times: z.int().positive().default(1),
  client: z.string().optional(),
  site: z.enum(siteKinds).optional(),
};

const status = z.int().min(200).max(599);

/** Everything the deployer can be told to do wrong. */
export const faultSchema = z.discriminatedUnion('kind', [
  // What becomes of the call: nothing starts.
  z.strictObject({
    kind: z.literal('refuse'),
    status: status.default(503),
    retryAfterSeconds: z.int().optional(),
    ...scope,
  }),
  z.strictObject({ kind: z.literal('hang-before-accept'), ...scope }),
  z.strictObject({ kind: z.literal('reset-before-accept'), ...scope }),
  // What becomes of the answer: the operation has started.
  z.strictObject({ kind: z.literal('hang-after-accept'), ...scope }),
  z.strictObject({ kind: z.literal('reset-after-accept'), ...scope }),
  z.strictObject({ kind: z.literal('error-after-accept'), status: status.default(500), ...scope }),
  z.strictObject({
    kind: z.literal('answer'),
    status,
    body: z.string().max(10_000).default(''),
    ...scope,
  }),
  z.strictObject({ kind: z.literal('answer-late'), ms: z.int().positive(), ...scope }),
  z.strictObject({ kind: z.literal('answer-twice'), ...scope }),
  z.strictObject({ kind: z.literal('answer-when-finished'), ...scope }),
  z.strictObject({ kind: z.literal('cut-body'), ...scope }),
  // What becomes of the operation.
  z.strictObject({ kind: z.literal('fail'), ...scope }),
  z.strictObject({ kind: z.literal('slow'), ms: z.int().positive(), ...scope }),
  z.strictObject({ kind: z.literal('lose-operation'), ...scope }),
  z.strictObject({
    kind: z.literal('contradict'),
    how: z.enum(['pretend', 'deny', 'waver']).default('pretend'),
    ...scope,
  }),
  // What becomes of a look-up.
  z.strictObject({ kind: z.literal('look-up-error'), status: status.default(500), ...scope }),
  z.strictObject({ kind: z.literal('look-up-hang'), ...scope }),
]);

/** A fault as it is ordered. */
export type FaultOrder = z.input<typeof faultSchema>;
type Fault = z.infer<typeof faultSchema>;

/** A fault that waits for its calls. */
export type WaitingFault = Fault & { readonly id: string; readonly timesLeft: number };

const callKinds = ['refuse', 'hang-before-accept', 'reset-before-accept'] as const;
const answerKinds = [
  'hang-after-accept',
  'reset-after-accept',
  'error-after-accept',
  'answer',
  'answer-late',
  'answer-twice',
  'answer-when-finished',
  'cut-body',
] as const;
const operationKinds = ['fail', 'slow', 'lose-operation', 'contradict'] as const;
const lookUpKinds = ['look-up-error', 'look-up-hang'] as const;

/** The points at which a fault can strike, each with its kinds. */
export const faultPoints = {
  call: callKinds,
  answer: answerKinds,
  operation: operationKinds,
  lookUp: lookUpKinds,
} as const;

type Point = keyof typeof faultPoints;

/** A fault that strikes at one point. */
export type FaultAt<P extends Point> = Extract<
  WaitingFault,
  { readonly kind: (typeof faultPoints)[P][number] }
>;

/** Whom a call concerns. */
export interface FaultTarget {
  readonly client: string;
  readonly site: SiteKind;
}

/** The faults that wait, in the order in which they were ordered. */
export interface FaultBoard {
  readonly add: (order: FaultOrder) => WaitingFault;
  /** Takes the first fault that strikes here; each time it is taken counts. */
  readonly take: <P extends Point>(point: P, target: FaultTarget) => FaultAt<P> | undefined;
  readonly list: () => readonly WaitingFault[];
  readonly clear: () => void;
}

/** An empty board. */
export function createFaultBoard(): FaultBoard {
  let faults: readonly WaitingFault[] = [];
  let lastNumber = 0;
  return {
    add: (order) => {
      lastNumber += 1;
      const fault = faultSchema.parse(order);
      const waiting = { ...fault, id: `fault-${lastNumber}`, timesLeft: fault.times };
      faults = [...faults, waiting];
      return waiting;
    },
    take: (point, target) => {
      const found = faults.find((fault) => strikes(fault, point, target));
      if (!found) return undefined;
      const left = { ...found, timesLeft: found.timesLeft - 1 };
      faults = faults
        .map((fault) => (fault.id === found.id ? left : fault))
        .filter((fault) => fault.timesLeft > 0);
      return found as FaultAt<typeof point>;
    },
    list: () => faults,
    clear: () => {
      faults = [];
    },
  };
}

function strikes(fault: WaitingFault, point: Point, target: FaultTarget): boolean {
  const kinds: readonly string[] = faultPoints[point];
  return (
    kinds.includes(fault.kind) &&
    (fault.client === undefined || fault.client === target.client) &&
    (fault.site === undefined || fault.site === target.site)
  );
}
