import { z } from 'zod';
import type { ApprovalFormProblem } from '../../../../templates/view-models.ts';

const field = (longest: number) => z.string().max(longest).catch('');

const form = z.object({
  nonce: field(400),
  content_hash: field(200),
  decision: z.enum(['approve', 'reject', 'object', 'fine']).or(z.literal('')).catch(''),
  name: field(200).transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim()),
  comment: field(4_000).transform((text) => text.replace(/\r\n?/g, '\n').trim()),
  tried: z
    .string()
    .optional()
    .transform((text) => text === 'yes')
    .catch(false),
});

/** A form as it was sent; whatever does not fit counts as left empty. */
export interface AnswerForm {
  readonly nonce: string;
  readonly contentHash: string;
  readonly decision: '' | 'approve' | 'reject' | 'object' | 'fine';
  readonly name: string;
  readonly comment: string;
  readonly tried: boolean;
}

/** Reads what a browser has sent. */
export function readAnswerForm(body: unknown): AnswerForm {
  const { content_hash: contentHash, ...rest } = form.parse(
    typeof body === 'object' && body !== null ? body : {},
  );
  return { ...rest, contentHash };
}

/** What the person must still fill in. */
export function problemsOf(sent: AnswerForm): readonly ApprovalFormProblem[] {
  const mustSayWhy = sent.decision === 'reject' || sent.decision === 'object';
  return [
    ...(sent.decision === '' ? (['decision-missing'] as const) : []),
    ...(sent.name === '' ? (['name-missing'] as const) : []),
    ...(sent.decision === 'approve' && !sent.tried ? (['not-tried'] as const) : []),
    ...(mustSayWhy && sent.comment === '' ? (['comment-missing'] as const) : []),
  ];
}
