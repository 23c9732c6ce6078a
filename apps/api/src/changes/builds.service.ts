import { Injectable } from '@nestjs/common';
import { assignBuild } from '../../../../activities/planning/assign-build.ts';
import { wakeParts } from '../../../../activities/planning/wake-parts.ts';
import { inTransaction, type Transaction } from '../../../../database/in-transaction.ts';
import { readBuild } from '../../../../database/read-models/change-list.read-model.ts';
import {
  addBuild,
  type BuildIdentity,
  claimBaseline,
  findBuild,
  type NewBuild,
  passQa,
  translateNotes,
} from '../../../../database/stores/build.store.ts';
import { lockParts } from '../../../../database/stores/client-part.store.ts';
import { lockChange } from '../../../../database/stores/change.store.ts';
import { lockRolloutsOfChange } from '../../../../database/stores/rollout.store.ts';
import { changelogSection } from '../../../../domain/change/changelog-section.ts';
import type { Translations } from '../../../../domain/change/notes-for-client.ts';
import type { BuildId, ChangeId } from '../../../../domain/ids.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { buildView, NewBuildBody, NotesBody, NotesPath } from './changes.schemas.ts';

type BuildAnswer = Answer<typeof buildView>;

/** Builds: announced once, whoever repeats it, and never under two digests. */
@Injectable()
export class BuildsService {
  constructor(private readonly backend: Backend) {}

  async announce(
    change: string,
    body: NewBuildBody,
    { actor }: Caller,
  ): Promise<{ readonly build: BuildAnswer; readonly isNew: boolean }> {
    const notesMarkdown = notesOf(body);
    const isNew = await inTransaction(this.backend.database, async (tx) => {
      const changeId = await lockChange(tx, change);
      if (changeId === null) throw notFound(`change ${change}; create it first`);
      const known = await findBuild(tx, body.version);
      if (known !== null) refuseOther(known, body, changeId);
      if (known?.baseline === false) return false;
      const build = await buildOf(tx, body, { changeId, notesMarkdown, actor });
      let buildId = known?.id;
      if (buildId === undefined) buildId = await addBuild(tx, build);
      else await claimBaseline(tx, buildId, build);
      await assignBuild(tx, this.backend, { changeId, buildId, actor });
      return true;
    });
    return { build: await this.show(body.version), isNew };
  }

  /** What is written from now on is written in it; what was asked about stays as it was asked. */
  async translate(
    { version, locale }: NotesPath,
    { markdown }: NotesBody,
    { actor }: Caller,
  ): Promise<BuildAnswer> {
    const isKnown = await inTransaction(this.backend.database, (tx) =>
      translateNotes(tx, { version, locale, markdown, actor }),
    );
    if (!isKnown) throw notFound(`build ${version}`);
    return await this.show(version);
  }

  async passQa(version: string, { actor }: Caller): Promise<BuildAnswer> {
    await inTransaction(this.backend.database, async (tx) => {
      const build = await findBuild(tx, version);
      if (build === null) throw notFound(`build ${version}`);
      const isNew = await passQa(tx, build.id, actor);
      if (isNew && build.changeId !== null) await wakeWaiting(tx, build.changeId);
    });
    return await this.show(version);
  }

  private async show(version: string): Promise<BuildAnswer> {
    const build = await readBuild(this.backend.database.pool, version);
    if (build === null) throw notFound(`build ${version}`);
    return build;
  }
}

async function buildOf(
  tx: Transaction,
  { version, digest, basedOn, translations = {}, issues = [], qaPassed = false }: NewBuildBody,
  around: Pick<NewBuild, 'changeId' | 'notesMarkdown' | 'actor'>,
): Promise<NewBuild> {
  return {
    ...around,
    version,
    digest,
    translations: writtenOf(translations),
    basedOn: await baseOf(tx, basedOn),
    issues: [...new Set(issues)],
    qaPassed,
  };
}

/** A translation that was sent empty is none. */
function writtenOf({ fr }: NonNullable<NewBuildBody['translations']>): Translations {
  return fr?.trim() ? { fr } : {};
}

function refuseOther(known: BuildIdentity, body: NewBuildBody, changeId: ChangeId): void {
  if (known.digest !== body.digest) throw otherDigest(body.version, known.digest);
  if (known.changeId === null || known.changeId === changeId) return;
  const detail = `Build ${body.version} belongs to another change; use another version`;
  throw new Problem(422, 'VERSION_TAKEN', detail);
}

/** Previews wait for QA. */
async function wakeWaiting(tx: Transaction, changeId: ChangeId): Promise<void> {
  for (const { id } of await lockRolloutsOfChange(tx, changeId)) {
    wakeParts(tx, await lockParts(tx, id, 'all'));
  }
}

function notesOf({ version, notesMarkdown, changelog }: NewBuildBody): string {
  if (notesMarkdown !== undefined) return notesMarkdown;
  const section = changelogSection(changelog ?? '', version);
  if (section !== null) return section;
  const detail = `The changelog has no section for ${version}; add one, or send notesMarkdown`;
  throw new Problem(422, 'NOTES_NOT_FOUND', detail);
}

function otherDigest(version: string, digest: string): Problem {
  const detail = `Build ${version} was announced with ${digest}; a build never changes, so announce this one under a new version`;
  return new Problem(409, 'BUILD_DIGEST_DIFFERS', detail, { announcedDigest: digest });
}

async function baseOf(tx: Transaction, version: string | undefined): Promise<BuildId | null> {
  if (version === undefined) return null;
  const base = await findBuild(tx, version);
  if (base !== null) return base.id;
  const detail = `basedOn names build ${version}, which nobody announced; announce it first, or leave it out`;
  throw new Problem(422, 'BASE_NOT_FOUND', detail);
}
