/** What keeps the loops: it starts them, lets them sleep, and wakes them. */
export interface WorkflowEngine {
  /** Makes the loop of that id look at the facts again; starts it when it does not run (any more). */
  readonly wake: (workflowId: string) => Promise<void>;
  readonly close: () => Promise<void>;
}
