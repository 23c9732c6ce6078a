import type { ClientId, RolloutId } from '../../domain/ids.ts';

/** The id of a rollout's own loop. */
export function rolloutWorkflowId(rolloutId: RolloutId): string {
  return `rollout/${rolloutId}`;
}

/** The id of the loop that carries one client through a rollout. */
export function clientRolloutWorkflowId(rolloutId: RolloutId, clientId: ClientId): string {
  return `rollout/${rolloutId}/client/${clientId}`;
}

/** The id of the loop that sends the mails of one message stream. */
export function mailWorkflowId(stream: string): string {
  return `mail/${stream}`;
}

/** What a workflow id stands for; null for an id that is none of ours. */
export type WorkflowSubject =
  | { readonly kind: 'rollout'; readonly rolloutId: RolloutId }
  | { readonly kind: 'client-rollout'; readonly rolloutId: RolloutId; readonly clientId: ClientId }
  | { readonly kind: 'mail'; readonly stream: string };

/** Reads a workflow id back; every wake row can so be turned into a start without asking anything else. */
export function subjectOf(workflowId: string): WorkflowSubject | null {
  const [first, second, third, fourth] = workflowId.split('/');
  if (first === 'mail' && second && third === undefined) return { kind: 'mail', stream: second };
  if (first !== 'rollout' || !second) return null;
  const rolloutId = second as RolloutId;
  if (third === undefined) return { kind: 'rollout', rolloutId };
  if (third !== 'client' || !fourth) return null;
  return { kind: 'client-rollout', rolloutId, clientId: fourth as ClientId };
}
