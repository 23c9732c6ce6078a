import { randomBytes } from 'node:crypto';
import type { ZodType } from 'zod';
import { breakBracesInHtml, breakBracesInText, LinkStandIns } from './link-marks.ts';
import { mailDocument, sanitizeMail } from './mail-html.ts';
import { renderNotes } from './markdown.ts';
import { defaultRenderLimits, RenderError, RenderPool, type RenderLimits } from './render-pool.ts';
import { readTemplateFiles } from './template-files.ts';
import type { Locale } from './view-model-parts.ts';
import {
  mailModels,
  pageModels,
  type MailKind,
  type MailModel,
  type PageModel,
  type PageName,
} from './view-models.ts';

/** A mail as it is frozen into the ledger; secret links are still marks. */
export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Writes mails and client pages from checked view models. */
export interface Renderer {
  renderMail<K extends MailKind>(
    kind: K,
    locale: Locale,
    model: MailModel<K>,
  ): Promise<RenderedMail>;
  renderPage<N extends PageName>(name: N, locale: Locale, model: PageModel<N>): Promise<string>;
  /** Ends the rendering threads. */
  close(): Promise<void>;
}

const longestSubject = 200;

/**
 * Reads and lints all templates, then renders them in threads of its own.
 * @throws Error naming file and line when a template breaks a rule.
 */
export function createRenderer(limits: Partial<RenderLimits> = {}): Renderer {
  const files = readTemplateFiles();
  const bounds = { ...defaultRenderLimits, ...limits };
  const pool = new RenderPool(bounds);

  return {
    async renderMail(kind, locale, model) {
      const checked = checkModel(`mail "${kind}"`, mailModels[kind], model);
      const standIns = new LinkStandIns(randomBytes(16).toString('hex'));
      const context = contextOf(checked, standIns);
      const parts = await pool.run(files.mail(kind, locale), context);
      const subject = finishSubject(kind, parts['subject'] ?? '');
      const body = sanitizeMail(parts['html'] ?? '');
      const html = mailDocument({ locale, title: subject, body });
      const mail = {
        subject,
        html: standIns.restore(breakBracesInHtml(html)),
        text: standIns.restore(breakBracesInText(tidyText(parts['text'] ?? ''))),
      };
      for (const each of [mail.html, mail.text]) {
        checkSize(`mail "${kind}"`, each, bounds.outputBytes);
      }
      return mail;
    },

    async renderPage(name, locale, model) {
      const checked = checkModel(`page "${name}"`, pageModels[name], model);
      const standIns = new LinkStandIns(randomBytes(16).toString('hex'));
      const { page = '' } = await pool.run(
        { page: files.page(name, locale) },
        contextOf(checked, standIns),
      );
      return page;
    },

    close: () => pool.close(),
  };
}

function checkModel(what: string, schema: ZodType<object>, model: unknown): object {
  const result = schema.safeParse(model);
  if (result.success) return result.data;
  // the values stay out of the message: it may be logged
  const reasons = result.error.issues.map(
    (each) => `${each.path.join('.') || 'model'}: ${each.message}`,
  );
  throw new RenderError(
    'MODEL_REFUSED',
    `The ${what} was handed a wrong view model: ${reasons.join('; ')}`,
  );
}

/** What the templates see: the model, with notes rendered, link marks hidden and mail addresses. */
function contextOf(model: object, standIns: LinkStandIns): object {
  const visit = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (key === 'notes') return renderNotes(value);
      return key === 'answerLink' ? standIns.standInFor(value) : value;
    }
    if (Array.isArray(value)) return value.map((each) => visit(each, ''));
    if (value === null || typeof value !== 'object') return value;
    const copy = Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, visit(each, name)]),
    );
    const email: unknown = copy['personEmail'];
    return typeof email === 'string' ? { ...copy, mailto: `mailto:${email}` } : copy;
  };
  return visit(model, '') as object;
}

function finishSubject(kind: string, rendered: string): string {
  const subject = rendered.replace(/\r?\n$/, '');
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject) || subject.trim() === '') {
    throw new RenderError(
      'SUBJECT_REFUSED',
      `The subject of mail "${kind}" is empty or not one line.`,
    );
  }
  const whole = breakBracesInText(subject.trim());
  return whole.length <= longestSubject
    ? whole
    : `${whole.slice(0, longestSubject - 1).trimEnd()}…`;
}

/** Templates leave gaps where they had nothing to say. */
function tidyText(text: string): string {
  const tidy = text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return `${tidy}\n`;
}

function checkSize(what: string, text: string, most: number): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= most) return;
  throw new RenderError(
    'TEMPLATE_OUTPUT_TOO_LARGE',
    `The ${what} came out with ${bytes} bytes; at most ${most} are allowed.`,
  );
}
