import { randomUUID } from 'node:crypto';
import { writeAddress } from './addresses.ts';
import { checkMessage, isRefusal, type CheckedMessage, type Refusal } from './check-message.ts';
import type { Subject } from './faults.ts';
import type { MailWorld } from './mail-world.ts';
import { recipientsOf, subjectOf } from './message-subject.ts';
import { scheduleOutcome, settleMessage } from './outcomes.ts';
import { easternTime } from './postmark-time.ts';
import { bounceTypeCodes, type BounceType, type Outcome, type StoredMessage } from './records.ts';

const inactiveTail =
  'Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a manual suppression.';

/** How a message came in, which changes only its texts. */
export type Envelope = 'single' | 'batch' | 'test';

/** Checks a message, stores it and promises its outcome; an identical one is a second message. */
export async function acceptMessage(
  world: MailWorld,
  input: unknown,
  envelope: Envelope,
): Promise<object> {
  const checked = checkMessage(input, world.settings.streams);
  if (isRefusal(checked)) return checked;
  const refusal = checkAccount(world, checked);
  if (refusal) return refusal;
  const inactive = inactiveRecipients(world, checked);
  const everyone = recipientsOf(checked);
  if (inactive.length === everyone.length) return inactiveRefusal(inactive, envelope);

  if (envelope === 'test') return reply(world, checked, randomUUID(), 'Test job accepted');
  const message = compose(world, checked);
  await world.box.record({ kind: 'message', message });
  if (world.faults.take(['webhook-early'], subjectOf(message))) await settleMessage(world, message);
  else scheduleOutcome(world, message);
  const text =
    inactive.length === 0
      ? 'OK'
      : `Message OK, but will not deliver to these inactive addresses: ${inactive.join(', ')}`;
  return reply(world, checked, message.id, text);
}

function checkAccount(world: MailWorld, message: CheckedMessage): Refusal | undefined {
  if (world.settings.account === 'active') return undefined;
  if (world.settings.account === 'blocked') {
    return { status: 422, code: 413, message: 'Your account may not send.' };
  }
  const home = domainOf(message.from.Email);
  const strangers = recipientsOf(message).filter((each) => domainOf(each) !== home);
  if (strangers.length === 0) return undefined;
  const text = `While your account is pending approval, all recipient addresses must share the same domain as the 'From' address. The domain '${domainOf(strangers[0] ?? '')}' differs.`;
  return { status: 422, code: 412, message: text };
}

function inactiveRecipients(world: MailWorld, message: CheckedMessage): readonly string[] {
  const nowMs = world.clock.nowMs();
  return recipientsOf(message).filter((email) => {
    const suppression = world.box.suppressionOf(message.stream, email);
    return suppression !== undefined && suppression.visibleAtMs <= nowMs;
  });
}

function inactiveRefusal(inactive: readonly string[], envelope: Envelope): Refusal {
  const found = `Found inactive addresses: ${inactive.join(', ')}. ${inactiveTail}`;
  const message =
    envelope === 'batch'
      ? `You tried to send to a recipient that has been marked as inactive. ${found} `
      : `You tried to send to recipient(s) that have been marked as inactive. ${found}`;
  return { status: 422, code: 406, message };
}

function reply(world: MailWorld, message: CheckedMessage, id: string, text: string): object {
  return {
    To: message.to.map(writeAddress).join(', '),
    SubmittedAt: easternTime(world.clock.nowMs()),
    MessageID: id,
    ErrorCode: 0,
    Message: text,
  };
}

function compose(world: MailWorld, checked: CheckedMessage): StoredMessage {
  const id = randomUUID();
  const receivedAtMs = world.clock.nowMs();
  const rfcMessageId = headerOf(checked, 'Message-ID') ?? `<${id}@mtasv.sandbox.example>`;
  const references = headerOf(checked, 'References')?.match(/<[^>]+>/g) ?? [];
  const subject = subjectOf(checked);
  return {
    ...checked,
    id,
    receivedAtMs,
    visibleAtMs: visibleAt(world, subject, receivedAtMs),
    rfcMessageId,
    threadRoot: references[0] ?? headerOf(checked, 'In-Reply-To') ?? rfcMessageId,
    outcome: chooseOutcome(world, checked, subject),
    outcomeAtMs: receivedAtMs + world.settings.outcomeDelayMs,
  };
}

function visibleAt(world: MailWorld, subject: Subject, receivedAtMs: number): number | null {
  if (world.faults.take(['index-never'], subject)) return null;
  const lag = world.faults.take(['index-lag'], subject);
  return receivedAtMs + (lag?.ms ?? world.settings.indexLagMs);
}

function chooseOutcome(world: MailWorld, checked: CheckedMessage, subject: Subject): Outcome {
  if (world.faults.take(['silence'], subject)) return { kind: 'silence' };
  const reorder = world.faults.take(['webhook-reorder', 'deliver-then-bounce'], subject);
  if (reorder) {
    const reversed = reorder.fault === 'webhook-reorder';
    return { kind: 'deliver-then-bounce', type: bounceTypeOf(reorder.bounceType), reversed };
  }
  const bounce = world.faults.take(['bounce'], subject);
  if (bounce) return { kind: 'bounce', type: bounceTypeOf(bounce.bounceType) };
  return outcomeByAddress(checked);
}

/** The addresses and the header with which Postmark itself lets one test bounces. */
function outcomeByAddress(checked: CheckedMessage): Outcome {
  const header = headerOf(checked, 'X-PM-Bounce-Type');
  if (header !== undefined) return { kind: 'bounce', type: testBounceType(header) };
  const [first = ''] = recipientsOf(checked);
  const [local = '', domain = ''] = first.toLowerCase().split('@');
  if (domain === 'bounce-testing.postmarkapp.com') {
    return { kind: 'bounce', type: testBounceType(local) };
  }
  if (domain === 'blackhole.postmarkapp.com') return { kind: 'silence' };
  return { kind: 'deliver' };
}

function testBounceType(name: string): BounceType {
  const type = bounceTypeOf(name);
  return type === 'SpamComplaint' ? 'HardBounce' : type;
}

/** Any case and snake_case are understood; what is unknown is a hard bounce. */
function bounceTypeOf(name: string | undefined): BounceType {
  const wanted = (name ?? '').replace(/_/g, '').toLowerCase();
  const types = Object.keys(bounceTypeCodes) as BounceType[];
  return types.find((type) => type.toLowerCase() === wanted) ?? 'HardBounce';
}

function headerOf(checked: CheckedMessage, name: string): string | undefined {
  return checked.headers.find((header) => header.Name.toLowerCase() === name.toLowerCase())?.Value;
}

function domainOf(email: string): string {
  return email.split('@')[1]?.toLowerCase() ?? '';
}
