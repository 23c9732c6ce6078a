/** Ids are UUIDv7 texts made by the application; the brand keeps two of them from being swapped. */
type Id<Name extends string> = string & { readonly __id: Name };

export type ClientId = Id<'client'>;
export type SiteId = Id<'site'>;
export type ContactId = Id<'contact'>;
export type ChangeId = Id<'change'>;
export type BuildId = Id<'build'>;
export type PolicyId = Id<'policy'>;
export type CalendarId = Id<'calendar'>;
export type AgreementId = Id<'agreement'>;
export type PlanId = Id<'plan'>;
export type RolloutId = Id<'rollout'>;
export type CohortId = Id<'cohort'>;
export type ClientRolloutId = Id<'client-rollout'>;
export type RoundId = Id<'approval-round'>;
export type DeploymentId = Id<'deployment'>;
export type DeployerId = Id<'deployer'>;
export type DeliveryId = Id<'mail-delivery'>;
export type AttentionId = Id<'attention-item'>;
export type StaffId = Id<'staff'>;
