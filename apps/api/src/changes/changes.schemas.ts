import { z } from 'zod';
import { isVersion } from '../../../../domain/change/version.ts';
import { rolloutStates } from '../../../../domain/rollout/states.ts';
import { clientKey, instant, line, listed, text } from '../http/forms.ts';

export const version = z
  .string()
  .max(80)
  .refine(isVersion, 'write it as 8.3.0, 8.3.0-rc.1 or 8.3.0+2');

export const versionPath = z.object({ version: z.string().max(80) });
export type VersionPath = z.infer<typeof versionPath>;

export const assessmentView = z
  .object({
    impact: z.enum(['transparent', 'visible', 'action needed']),
    downtimeMinutes: z.int().nullable(),
    clientAction: z.string().nullable(),
    reversible: z.boolean(),
    /** Keys of the clients that reported it. */
    reportedBy: z.array(z.string()),
    note: z.string().nullable(),
    assessedBy: z.string(),
    assessedAt: instant,
  })
  .meta({ id: 'Assessment' });

export const buildView = z
  .object({
    id: z.string(),
    version: z.string(),
    digest: z.string(),
    basedOn: z.string().nullable(),
    /** In English. */
    notesMarkdown: z.string(),
    translations: z.object({ fr: z.string().optional() }),
    issues: z.array(z.string()),
    qaPassedAt: instant.nullable(),
    qaPassedBy: z.string().nullable(),
    blockedAt: instant.nullable(),
    supersededBy: z.string().nullable(),
    announcedBy: z.string(),
    announcedAt: instant,
    baseline: z.boolean(),
  })
  .meta({ id: 'Build' });

export const changeView = z
  .object({
    id: z.string(),
    kind: z.enum(['hotfix', 'release']),
    version: z.string(),
    title: z.string(),
    critical: z.boolean(),
    earliestDate: z.string().nullable(),
    latestDate: z.string().nullable(),
    minimumVersion: z.string().nullable(),
    createdBy: z.string(),
    createdAt: instant,
    assessment: assessmentView.nullable(),
    builds: z.array(buildView),
    /** The policy proposed for it; null for a release that nobody has assessed yet. */
    policy: z.string().nullable(),
    rollouts: z.array(z.object({ id: z.string(), name: z.string(), state: z.enum(rolloutStates) })),
    reach: z.object({ onItOrLater: z.int(), toCome: z.int(), clients: z.int() }),
  })
  .meta({ id: 'Change' });

export const changeList = listed(changeView, 'ChangeList');

export const newChangeBody = z
  .strictObject({
    kind: z.enum(['hotfix', 'release']),
    version,
    title: line(),
    critical: z.boolean().default(false),
    earliestDate: z.iso.date().optional(),
    latestDate: z.iso.date().optional(),
    minimumVersion: version.optional(),
  })
  .refine(
    (body) => !body.earliestDate || !body.latestDate || body.earliestDate <= body.latestDate,
    {
      path: ['latestDate'],
      message: 'must not lie before earliestDate',
    },
  );
export type NewChangeBody = z.infer<typeof newChangeBody>;

const longestNotes = 200_000;

export const newBuildBody = z
  .strictObject({
    version,
    digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'write sha256: and 64 hexadecimal digits'),
    notesMarkdown: text(longestNotes).optional(),
    /** The same notes in other languages. */
    translations: z.strictObject({ fr: text(longestNotes).optional() }).optional(),
    /** A whole changelog; the section of this version is taken. */
    changelog: text(5_000_000).optional(),
    basedOn: version.optional(),
    issues: z.array(line(80)).max(1_000).optional(),
    qaPassed: z.boolean().optional(),
  })
  .refine((body) => (body.notesMarkdown === undefined) !== (body.changelog === undefined), {
    path: ['notesMarkdown'],
    message: 'send either notesMarkdown or changelog',
  });
export type NewBuildBody = z.infer<typeof newBuildBody>;

/** Notes of a build in one more language; English is what it was announced with. */
export const notesPath = versionPath.extend({ locale: z.enum(['fr']) });
export type NotesPath = z.infer<typeof notesPath>;

export const notesBody = z.strictObject({
  markdown: text(longestNotes).regex(/\S/, 'write notes'),
});
export type NotesBody = z.infer<typeof notesBody>;

export const qaBody = z.strictObject({ passed: z.literal(true) });

export const assessmentBody = z.strictObject({
  impact: z.enum(['transparent', 'visible', 'action needed']),
  downtimeMinutes: z.int().min(0).max(10_000).optional(),
  clientAction: line(1_000).optional(),
  reversible: z.boolean(),
  reportedBy: z.array(clientKey).max(10_000).optional(),
  note: line(2_000).optional(),
});
export type AssessmentBody = z.infer<typeof assessmentBody>;
