import type { Translations } from '../../domain/change/notes-for-client.ts';
import type { BuildId, ChangeId } from '../../domain/ids.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** What tells one build from another. */
export interface BuildIdentity {
  readonly id: BuildId;
  readonly changeId: ChangeId | null;
  readonly version: string;
  readonly digest: string;
  readonly baseline: boolean;
}

/** Finds a build by its version; null when nobody announced or adopted one. */
export async function findBuild(db: Queryable, version: string): Promise<BuildIdentity | null> {
  const rows = await db.rows<BuildIdentity>(
    `select b.id, b.change_id as "changeId", b.version, b.digest, b.baseline
     from build b
     where b.version = $1`,
    [version],
  );
  return rows[0] ?? null;
}

/** A build as it is announced. */
export interface NewBuild {
  readonly changeId: ChangeId;
  readonly version: string;
  readonly digest: string;
  readonly basedOn: BuildId | null;
  /** In English. */
  readonly notesMarkdown: string;
  readonly translations: Translations;
  readonly issues: readonly string[];
  readonly qaPassed: boolean;
  readonly actor: string;
}

/** Adds a build; it takes the place of the builds of its change before it. */
export async function addBuild(tx: Transaction, build: NewBuild): Promise<BuildId> {
  const id = newId<BuildId>();
  const now = await tx.now();
  await tx.rows(
    `insert into build
       (id, change_id, version, digest, based_on, notes_markdown, translations, issues, baseline, qa_passed_at,
        qa_passed_by, announced_by, announced_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, false, $9, $10, $11, $12)`,
    [
      id,
      build.changeId,
      build.version,
      build.digest,
      build.basedOn,
      build.notesMarkdown,
      JSON.stringify(build.translations),
      build.issues,
      build.qaPassed ? now : null,
      build.qaPassed ? build.actor : null,
      build.actor,
      now,
    ],
  );
  await tx.rows(
    `update build as b
     set superseded_by = $2
     where b.change_id = $1 and b.id <> $2 and b.superseded_by is null`,
    [build.changeId, id],
  );
  tx.record({
    kind: 'build.announced',
    actor: build.actor,
    facts: { buildId: id, version: build.version, digest: build.digest, qaPassed: build.qaPassed },
  });
  return id;
}

/** A build that was only known from a site is now announced: it gets its change, notes and issues. */
export async function claimBaseline(tx: Transaction, id: BuildId, build: NewBuild): Promise<void> {
  const now = await tx.now();
  await tx.rows(
    `update build as b
     set change_id = $2, based_on = $3, notes_markdown = $4, translations = $5, issues = $6, baseline = false,
         qa_passed_at = $7, qa_passed_by = $8, announced_by = $9, announced_at = $10
     where b.id = $1`,
    [
      id,
      build.changeId,
      build.basedOn,
      build.notesMarkdown,
      JSON.stringify(build.translations),
      build.issues,
      build.qaPassed ? now : null,
      build.qaPassed ? build.actor : null,
      build.actor,
      now,
    ],
  );
  tx.record({
    kind: 'build.announced',
    actor: build.actor,
    facts: { buildId: id, version: build.version, digest: build.digest, qaPassed: build.qaPassed },
  });
}

/** Says that QA passed; false when that was said before. */
export async function passQa(tx: Transaction, id: BuildId, actor: string): Promise<boolean> {
  const rows = await tx.rows<{ id: BuildId; version: string }>(
    `update build as b
     set qa_passed_at = $2, qa_passed_by = $3
     where b.id = $1 and b.qa_passed_at is null
     returning b.id, b.version`,
    [id, await tx.now(), actor],
  );
  const [row] = rows;
  if (!row) return false;
  tx.record({ kind: 'build.qa-passed', actor, facts: { buildId: id, version: row.version } });
  return true;
}

/** Gives a build its notes in another language, in place of those it had in it; false when there is no such build. */
export async function translateNotes(
  tx: Transaction,
  notes: {
    readonly version: string;
    readonly locale: keyof Translations;
    readonly markdown: string;
    readonly actor: string;
  },
): Promise<boolean> {
  const { version, locale, markdown, actor } = notes;
  const rows = await tx.rows<{ id: BuildId }>(
    `update build as b
     set translations = b.translations || jsonb_build_object($2::text, $3::text)
     where b.version = $1
     returning b.id`,
    [version, locale, markdown],
  );
  const [row] = rows;
  if (!row) return false;
  tx.record({ kind: 'build.translated', actor, facts: { buildId: row.id, version, locale } });
  return true;
}
