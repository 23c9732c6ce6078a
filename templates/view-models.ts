import { z } from 'zod';
import {
  freeText,
  help,
  line,
  linkMark,
  markdown,
  noAnswerRule,
  optionalLine,
  outcome,
  webAddress,
} from './view-model-parts.ts';

/*
 * What each mail and page is handed. Every text arrives formatted in the reader's language, every
 * time in the reader's zone with the zone's name ("Tuesday 1 December 2026 at 20:00, Toronto time
 * (EST)"), every choice made. Nothing is missing, null or undefined: '' says "nothing to say".
 */

const mailBase = {
  vendorName: line,
  clientName: line,
  recipientName: line,
  version: line,
  help,
  /** `owner`: client mail is not switched live, so the client's owner reads what would be sent. */
  audience: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('client') }),
    z.strictObject({ kind: z.literal('owner'), intendedFor: line }),
  ]),
};

const aboutTheUpdate = {
  notes: markdown,
  /** What the client must do itself; '' = nothing. */
  whatToDo: freeText,
  /** "about 15 minutes"; '' = none expected. */
  downtime: optionalLine,
};

const previewReady = z.strictObject({
  ...mailBase,
  ...aboutTheUpdate,
  previewUrl: webAddress,
  /** "the evening of Tuesday 1 December 2026, Toronto time"; '' = not fixed yet, a message follows. */
  plannedDate: optionalLine,
  /** The version this build replaces, when the client was asked about it before; '' = first time. */
  replaces: optionalLine,
  question: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('approve'),
      deadline: line,
      ifNoAnswer: noAnswerRule,
      answerLink: linkMark,
    }),
    z.strictObject({ kind: z.literal('object'), deadline: line, answerLink: linkMark }),
    z.strictObject({ kind: z.literal('inform') }),
  ]),
});

const notice = z.strictObject({
  ...mailBase,
  ...aboutTheUpdate,
  /** "Tuesday 1 December 2026" */
  date: line,
  /** "between 20:00 and 23:00" */
  time: line,
  /** "Toronto time (Eastern Standard Time)" */
  zone: line,
  productionUrl: webAddress,
});

const moved = z.strictObject({
  ...mailBase,
  oldDate: line,
  oldTime: line,
  date: line,
  time: line,
  zone: line,
  /** In the reader's language; '' = none given. */
  reason: freeText,
  downtime: optionalLine,
  whatToDo: freeText,
});

const approvalRecorded = z.strictObject({
  ...mailBase,
  outcome,
  /** As in the question; '' = no date yet. */
  plannedDate: optionalLine,
});

const completed = z.strictObject({
  ...mailBase,
  /** When the production site was seen running the update, with zone. */
  completedAt: line,
  productionUrl: webAddress,
  notes: markdown,
  whatToDo: freeText,
});

const withdrawn = z.strictObject({
  ...mailBase,
  /** The date the client had been told, with time and zone; '' = none was told. */
  toldDate: optionalLine,
  why: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('stopped') }),
    /** `nextVersion`: the update in which the client gets the change; '' = not known yet. */
    z.strictObject({ kind: z.literal('skipped'), nextVersion: optionalLine }),
  ]),
  reason: freeText,
});

/** The strict schema of every mail kind. */
export const mailModels = {
  'release-on-preview': previewReady,
  'fix-on-preview': previewReady,
  notice,
  moved,
  'approval-recorded': approvalRecorded,
  completed,
  withdrawn,
} as const;

export type MailKind = keyof typeof mailModels;
export type MailModel<K extends MailKind> = z.infer<(typeof mailModels)[K]>;
export type PreviewReadyModel = z.infer<typeof previewReady>;
export type NoticeModel = z.infer<typeof notice>;
export type MovedModel = z.infer<typeof moved>;
export type ApprovalRecordedModel = z.infer<typeof approvalRecorded>;
export type CompletedModel = z.infer<typeof completed>;
export type WithdrawnModel = z.infer<typeof withdrawn>;

/** Every mail kind, for walking. */
export const mailKinds = Object.keys(mailModels) as readonly MailKind[];

const pageBase = { vendorName: line, help };

const formProblem = z.enum(['decision-missing', 'name-missing', 'not-tried', 'comment-missing']);

const approvalPage = z.strictObject({
  ...pageBase,
  ...aboutTheUpdate,
  changeKind: z.enum(['release', 'hotfix']),
  clientName: line,
  recipientName: line,
  version: line,
  /** Short, for comparing on the phone: "1a2b3c4d". */
  digest: line,
  previewUrl: webAddress,
  plannedDate: optionalLine,
  /** Where the reader's calendar entry is fetched; '' = no date was told, or it is off. */
  inviteUrl: webAddress.or(z.literal('')),
  /** Stands above everything else. */
  notice: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('superseded'), oldVersion: line }),
    /** The answer was refused (409): what it was about is no longer what is asked. */
    z.strictObject({ kind: z.literal('content-changed'), whatChanged: freeText }),
    /** The answer was refused (409): somebody was first; the outcome follows below. */
    z.strictObject({ kind: z.literal('already-decided'), by: line, at: line }),
    /** The answer was just stored. */
    z.strictObject({ kind: z.literal('recorded') }),
    /** The form lay open too long (expired nonce): nothing was stored, ask to send again. */
    z.strictObject({ kind: z.literal('send-again') }),
  ]),
  state: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('open'),
      consent: z.enum(['approve', 'object']),
      deadline: line,
      /** Read for `approve` only; with `object` silence lets the update go ahead. */
      ifNoAnswer: noAnswerRule,
      /** consent `object`: who said "fine" and when (which does not shorten the time); '' = nobody. */
      saidFine: optionalLine,
      form: z.strictObject({
        nonce: line,
        contentHash: line,
        name: optionalLine,
        comment: freeText,
        tried: z.boolean(),
        decision: z.enum(['', 'approve', 'reject', 'object', 'fine']),
        problems: z.array(formProblem).max(4).readonly(),
      }),
    }),
    z.strictObject({
      kind: z.literal('decided'),
      outcome,
      /** Where this update stands now, in the client's words; '' = nothing to add. */
      progress: optionalLine,
    }),
    /** The rollout was stopped or skips this client. */
    z.strictObject({ kind: z.literal('withdrawn'), progress: optionalLine }),
  ]),
});

const bareLinkPage = z.strictObject({ ...pageBase });

/** Nothing is known about the reader here, so no person and no support level is named. */
const unknownLinkPage = z.strictObject({ vendorName: line });

/** The strict schema of every client page. */
export const pageModels = {
  approval: approvalPage,
  /** 404: no such link. */
  'link-unknown': unknownLinkPage,
  /** 200: a newer mail holds the link that counts. */
  'link-revoked': bareLinkPage,
  /** 200: the link is too old; shows whom to ask and nothing else. */
  'link-expired': bareLinkPage,
} as const;

export type PageName = keyof typeof pageModels;
export type PageModel<N extends PageName> = z.infer<(typeof pageModels)[N]>;
export type ApprovalPageModel = z.infer<typeof approvalPage>;
export type ApprovalFormProblem = z.infer<typeof formProblem>;

/** Every page, for walking. */
export const pageNames = Object.keys(pageModels) as readonly PageName[];
