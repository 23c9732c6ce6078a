/** What happened, as it was recorded. */
export interface StoryEvent {
  readonly kind: string;
  readonly actor: string;
  readonly cause: string | null;
  /** Null = it is about no single client. */
  readonly clientName: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * One event as a sentence. The words stand in a table by kind; `{client}`, `{cause}` and `{name of a fact}` are
 * filled in, and a part in brackets is left out when something in it is not known. A kind without words is told by its name.
 */
export function sentenceOf(event: StoryEvent): string {
  const sentence = wordsOf(event.kind).replace(
    /\[([^\]]*)\]|\{([^}]+)\}/g,
    (_, part: string | undefined, name: string | undefined) =>
      part === undefined ? (valueOf(name ?? '', event) ?? '…') : (filled(part, event) ?? ''),
  );
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const byKind: Readonly<Record<string, string>> = {
  'rollout.running': '{actor} started the rollout',
  'rollout.paused': '{actor} paused the rollout[: {cause}]',
  'rollout.stopped': '{actor} stopped the rollout[: {cause}]',
  'rollout.done': 'the rollout is finished[: {cause}]',
  'rollout.build': '{actor} announced a newer build; the rollout brings it from now on',
  'cohort.open': 'cohort {cohort} was opened[: {cause}]',
  'cohort.observing': 'cohort {cohort} is observed[: {cause}]',
  'cohort.passed': 'cohort {cohort} has passed[: {cause}]',
  'plan.made': '{actor} made a plan',
  'plan.applied': '{actor} applied new dates',
  'client-rollout.planned': '{client} is planned[: {cause}]',
  'client-rollout.previewing': '{client}: the build is on its way to the preview site',
  'client-rollout.asking': '{client} is asked[: {cause}]',
  'client-rollout.agreed': '{client} agreed[ ({cause})]',
  'client-rollout.scheduled': '{client}: the date is set and told',
  'client-rollout.missed': '{client} missed its slot[: {cause}]',
  'client-rollout.deploying': '{client}: production is being deployed',
  'client-rollout.verifying': '{client}: production is being verified',
  'client-rollout.done': '{client} is done: its site reports the build',
  'client-rollout.rejected': '{client} said no[: {cause}]',
  'client-rollout.no-answer': '{client} did not answer[: {cause}]',
  'client-rollout.failed': '{client} failed[: {cause}]',
  'client-rollout.unknown': '{client}: nobody knows how the deployment ended[: {cause}]',
  'client-rollout.skipped': '{actor} skipped {client}[: {cause}]',
  'client-rollout.withdrawn': '{client} was withdrawn[: {cause}]',
  'client-rollout.held': '{actor} put {client} on hold[: {cause}]',
  'client-rollout.released': '{actor} released {client}',
  'client-rollout.moved': '{client} has a new date[: {cause}]',
  'client-rollout.retried': '{actor} ordered another attempt for {client}[: {cause}]',
  'client-request.applied': '{client} asked for {asked}[ ({cause})], and has it',
  'client-request.waiting': '{client} asked for {asked}[ ({cause})]; a person decides',
  'approval-round.open': '{client} was asked about the build',
  'approval-round.fine': '{actor} has no objection for {client}',
  'approval-round.superseded': 'the question to {client} is void: there is a newer build',
  'approval-round.extended': 'the question to {client} has a new deadline',
  'approval-round.overdue': '{client} did not answer in time; the question stays open',
  'approval-link.revoked': 'a link of {client} was replaced by a new one',
  'deployment.claimed': '{client}: a place for the deployment is taken',
  'deployment.dispatching': '{client}: the deployer is being called',
  'deployment.running': '{client}: the deployer works on it',
  'deployment.succeeded': '{client}: the deployer reports success',
  'deployment.failed': '{client}: the deployer reports a failure[: {cause}]',
  'deployment.unknown': '{client}: the deployment has no known outcome[: {cause}]',
  'deployment.dispatched': '{client}: the deployer is being called',
  'deployment.released': '{client}: nothing was started; the place is free again[: {cause}]',
  'deployment.verified': '{client}: the site was asked which build it runs[: {cause}]',
  'deployment.settled': '{actor} said how the deployment of {client} ended[: {cause}]',
  'mail.planned': 'a mail ({mail}) for [{recipient} at ]{client} is written',
  'mail.queued': 'a mail ({mail}) for [{recipient} at ]{client} waits to be sent',
  'mail.sending': 'a mail ({mail}) for [{recipient} at ]{client} is being sent',
  'mail.accepted': 'the mail provider took the mail ({mail}) for [{recipient} at ]{client}',
  'mail.delivered': 'the mail ({mail}) for [{recipient} at ]{client} was delivered',
  'mail.bounced': 'the mail ({mail}) for [{recipient} at ]{client} bounced[: {cause}]',
  'mail.complained': 'there was a complaint about the mail ({mail}) for [{recipient} at ]{client}',
  'mail.suppressed':
    'the provider does not send the mail ({mail}) for [{recipient} at ]{client}[: {cause}]',
  'mail.rejected':
    'the provider refused the mail ({mail}) for [{recipient} at ]{client}[: {cause}]',
  'mail.unknown': 'nobody knows yet whether the mail ({mail}) for [{recipient} at ]{client} left',
  'mail.needs_human': 'a person must decide about the mail ({mail}) for [{recipient} at ]{client}',
  'mail.resent':
    '{actor} sent the mail ({mail}) for [{recipient} at ]{client} once more[: {cause}]',
  'mail.marked-sent':
    '{actor} marked the mail ({mail}) for [{recipient} at ]{client} as sent[: {cause}]',
  'mail.dropped': '{actor} dropped the mail ({mail}) for [{recipient} at ]{client}[: {cause}]',
  'mail.cancelled': 'the mail ({mail}) for [{recipient} at ]{client} was cancelled[: {cause}]',
  'mail.superseded': 'the mail ({mail}) for [{recipient} at ]{client} was replaced[: {cause}]',
  'mail.expired': 'the mail ({mail}) for [{recipient} at ]{client} came too late to be sent',
  'attention.raised': 'a person is needed: {cause}',
  'attention.resolved': '{actor} settled a question[: {cause}]',
  'client.added': '{actor} added {client}',
  'client.changed': '{actor} changed {client}[: {fields}]',
  'contact.added': '{actor} added a contact of {client}',
  'contact.changed': '{actor} changed a contact of {client}',
  'contact.unreachable': 'a contact of {client} cannot be reached by mail[: {cause}]',
  'contact.reachable': 'a contact of {client} can be reached by mail again',
  'build.adopted': 'an unknown build was found at {client} and taken as its baseline',
  'build.announced': '{actor} announced build {version}',
  'build.qa-passed': '{actor} said that build {version} passed QA',
  'site.drifted': 'a site of {client} runs something else than we brought[: {cause}]',
  'vendor.live': '{actor} switched mail to clients on[: {cause}]',
  'vendor.not-live': '{actor} switched mail to clients off[: {cause}]',
};

function wordsOf(kind: string): string {
  const known = byKind[kind];
  if (known !== undefined) return known;
  const [subject = '', event = ''] = kind.split('.', 2);
  if (subject === 'refused') return `{actor} was refused to ${plain(event)}[: {cause}]`;
  return `${plain(subject)} ${plain(event)}[ ({client})][: {cause}]`;
}

function plain(word: string): string {
  return word.replace(/[-_]/g, ' ');
}

/** Null when something in it is not known. */
function filled(words: string, event: StoryEvent): string | null {
  const values = [...words.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => valueOf(name, event));
  if (values.includes(null)) return null;
  return words.replace(/\{([^}]+)\}/g, (_, name: string) => valueOf(name, event) ?? '');
}

function valueOf(name: string, { actor, cause, clientName, facts }: StoryEvent): string | null {
  if (name === 'actor') return actorOf(actor);
  if (name === 'cause') return cause;
  if (name === 'client') return clientName;
  const fact = facts[name];
  if (Array.isArray(fact)) return fact.length === 0 ? null : fact.join(', ');
  // The kind of a mail is stored as one word.
  if (name === 'mail' && typeof fact === 'string') return plain(fact);
  return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : null;
}

function actorOf(actor: string): string {
  if (actor === 'daymark') return 'Daymark';
  return actor.startsWith('token:') ? `token “${actor.slice('token:'.length)}”` : actor;
}
