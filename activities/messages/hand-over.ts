import { readCurrentLinks } from '../../database/stores/approval-link.store.ts';
import type { ClaimedMail } from '../../database/stores/mail-claim.store.ts';
import { snapshotHash } from '../../database/stores/mail-delivery.store.ts';
import type { MailOutcome } from '../../domain/communication/classify-mail-outcome.ts';
import type { OutgoingMail } from '../../domain/communication/outgoing-mail.ts';
import { insertLinks } from '../../templates/link-marks.ts';
import { approvalUrl } from '../consent/approval-link.ts';
import type { MailDependencies } from './mail-settings.ts';
import type { RecordAccepted } from './record-accepted.ts';
import { recordOutcome } from './record-outcome.ts';

/** Hands a claimed mail over once and writes down where that ended. */
export async function handOver(
  deps: MailDependencies,
  claim: ClaimedMail,
  recordAccepted: RecordAccepted,
): Promise<void> {
  const prepared = await prepare(deps, claim);
  const outcome = prepared.kind === 'mail' ? await deps.mailer.send(prepared.mail) : prepared;
  if (outcome.kind === 'accepted') {
    await recordAccepted({ id: claim.id, messageId: outcome.messageId });
    return;
  }
  await recordOutcome(deps, claim, outcome);
}

type Prepared = { readonly kind: 'mail'; readonly mail: OutgoingMail } | RefusedMail;
type RefusedMail = MailOutcome & { readonly kind: 'rejected' };

/** The frozen bytes, with the secret links put in at this last moment and kept nowhere. */
async function prepare(deps: MailDependencies, claim: ClaimedMail): Promise<Prepared> {
  const { snapshot, snapshotSha256 } = claim;
  if (snapshotHash(snapshot) !== snapshotSha256) {
    return refused('its stored text was changed after it was written');
  }
  const issues = await readCurrentLinks(deps.database.pool, claim.links);
  const links = issues.flatMap((issue) =>
    issue === null ? [] : [approvalUrl(deps.linkKeys, deps.mailSettings.baseUrl, issue)],
  );
  if (links.length < claim.links.length) {
    return refused('the personal link in it was revoked and not issued anew');
  }
  try {
    const html = insertLinks(snapshot.html, links);
    const text = insertLinks(snapshot.text, links);
    return { kind: 'mail', mail: { ...snapshot, html, text } };
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

function refused(message: string): RefusedMail {
  return { kind: 'rejected', code: 0, message };
}
