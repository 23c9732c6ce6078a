import type { ClientId, RolloutId } from '../../domain/ids.ts';

export interface RolloutInput {
  readonly rolloutId: RolloutId;
}

export interface ClientRolloutInput {
  readonly rolloutId: RolloutId;
  readonly clientId: ClientId;
}

export interface MailInput {
  readonly stream: string;
}
