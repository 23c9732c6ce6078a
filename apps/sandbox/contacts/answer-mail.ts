import { setTimeout as sleep } from 'node:timers/promises';
import { openPage, submitForm } from './browse.ts';
import { fillForm, type Intention } from './fill-form.ts';
import { readForms } from './html-form.ts';
import { approvalLinkIn, openInbox, type InboxMail } from './inbox.ts';

/** Who answers, how, and how soon. */
export interface ContactsOptions {
  readonly mailUrl: string;
  readonly mailToken: string;
  /** Addresses whose mail is left to somebody else. */
  readonly except?: readonly string[];
  readonly decision?: Intention['decision'];
  /** The shortest and the longest time from finding a mail to answering it. */
  readonly answerAfterMs?: readonly [number, number];
  readonly pollMs?: number;
  /** Hears of each answer; neither it nor `answers` ever contains a link. */
  readonly onAnswer?: (answer: ContactAnswer) => void;
}

/** What became of one mail with a question. */
export interface ContactAnswer {
  readonly messageId: string;
  readonly contact: string;
  /** `no-question`: the page asks nothing, or nothing any more. */
  readonly outcome: 'answered' | 'no-question' | 'refused';
  readonly status: number;
}

/** The clients' people at work. */
export interface Contacts {
  readonly answers: () => readonly ContactAnswer[];
  /** The last thing that went wrong, in one sentence; null while all is well. */
  readonly problem: () => string | null;
  readonly stop: () => Promise<void>;
}

interface Question {
  readonly mail: InboxMail;
  readonly link: string;
  readonly dueAt: number;
}

const comment = 'This does not work for us yet.';
const retryAfterMs = 3000;

/** Reads the mail, and answers each question over HTTP as a person with a browser does, until it is stopped. */
export function answerMail(options: ContactsOptions): Contacts {
  const inbox = openInbox({ url: options.mailUrl, token: options.mailToken });
  const except = new Set((options.except ?? []).map((each) => each.toLowerCase()));
  const known = new Set<string>();
  const answers: ContactAnswer[] = [];
  const stopping = new AbortController();
  let questions: readonly Question[] = [];
  let problem: string | null = null;

  async function look(): Promise<void> {
    for (const mail of await inbox.newMails(known)) {
      const link = except.has(mail.to) ? null : approvalLinkIn(await inbox.textOf(mail.id));
      known.add(mail.id);
      const dueAt = Date.now() + patienceMs(mail.id, options.answerAfterMs ?? [2000, 5000]);
      if (link !== null) questions = [...questions, { mail, link, dueAt }];
    }
  }

  async function answerDue(): Promise<void> {
    const due = questions.filter(({ dueAt }) => dueAt <= Date.now());
    for (const question of due) {
      if (stopping.signal.aborted) return;
      questions = questions.filter((each) => each !== question);
      const answer = await answerOne(question, options.decision ?? 'approve').catch(
        (error: unknown) => {
          questions = [...questions, { ...question, dueAt: Date.now() + retryAfterMs }];
          throw error;
        },
      );
      answers.push(answer);
      options.onAnswer?.(answer);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await look();
        await answerDue();
        problem = null;
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      }
      await sleep(options.pollMs ?? 1000, undefined, { signal: stopping.signal }).catch(
        () => undefined,
      );
    }
  }

  const running = run();
  return {
    answers: () => answers,
    problem: () => problem,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function answerOne(
  { mail, link }: Question,
  decision: Intention['decision'],
): Promise<ContactAnswer> {
  const about = { messageId: mail.id, contact: mail.to };
  const page = await openPage(link);
  if (page.status >= 500) throw new Error(`the approval page answers ${page.status}`);
  if (page.status >= 400) return { ...about, outcome: 'refused', status: page.status };
  const intention = { decision, comment, name: mail.toName === '' ? mail.to : mail.toName };
  for (const form of readForms(page.html)) {
    const filled = fillForm(form, intention);
    if (filled === null) continue;
    const reply = await submitForm(page, form.action, filled);
    if (reply.status >= 500) throw new Error(`the approval page answers ${reply.status}`);
    const outcome = reply.status < 400 ? 'answered' : 'refused';
    return { ...about, outcome, status: reply.status };
  }
  return { ...about, outcome: 'no-question', status: page.status };
}

// People differ, but each takes the same time on every run.
function patienceMs(messageId: string, [shortest, longest]: readonly [number, number]): number {
  let mixed = 0;
  for (const letter of messageId) mixed = (mixed * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return shortest + ((longest - shortest) * mixed) / 9973;
}
