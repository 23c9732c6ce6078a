import { createHash } from 'node:crypto';
import type { MessageFacts } from '../../database/read-models/message-facts.read-model.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { notesForClient } from '../../domain/change/notes-for-client.ts';

/**
 * Names exactly what a client is asked about: what changes for it, which artefact, where. The date is no part of it,
 * so that a move voids no answer; neither is the language, so that a translation voids none.
 */
export function contentHash(facts: MessageFacts): string {
  const content = {
    notes: notesForClient(facts.builds, { ...facts, locale: 'en' }),
    version: facts.build?.version ?? null,
    digest: facts.build?.digest ?? null,
    site: facts.productionUrl,
  };
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
