import type { MessageView } from '../message-view.ts';
import { html, nothing, type Markup } from './html.ts';
import { fateLabel, momentOf, pageFrame, tagLabel } from './page-frame.ts';

interface ListView {
  readonly messages: readonly MessageView[];
  readonly recipient: string;
  readonly tag: string;
  readonly version: number;
}

/** The list of conversations, newest first, by recipient and tag. */
export function listPage({ messages, recipient, tag, version }: ListView): Markup {
  const shown = messages.filter(
    (each) =>
      (recipient === '' || each.recipients.includes(recipient)) && (tag === '' || each.tag === tag),
  );
  const threads = threadsOf(shown);
  const content = html`<div class="columns">
    <nav class="people" aria-label="Recipients" data-live="people" data-keep-scroll>
      <a href="${hrefOf('', tag)}" ${current(recipient === '')}
        ><span>Everyone</span><b>${messages.length}</b></a
      >
      ${peopleOf(messages).map(([email, count]) => html`<a href="${hrefOf(email, tag)}" ${current(recipient === email)}><span>${email}</span><b>${count}</b></a>`)}
    </nav>
    <main>
      <div class="bar" data-live="bar">
        <h1>${recipient === '' ? 'All mail' : recipient}</h1>
        <p class="count">
          ${shown.length} ${shown.length === 1 ? 'mail' : 'mails'} in ${threads.length}
          ${threads.length === 1 ? 'conversation' : 'conversations'}
        </p>
        <nav class="tags" aria-label="Kinds of mail">
          <a href="${hrefOf(recipient, '')}" ${current(tag === '')}>All kinds</a>
          ${tagsOf(messages).map((each) => html`<a href="${hrefOf(recipient, each)}" ${current(tag === each)}>${each}</a>`)}
        </nav>
      </div>
      <div data-live="list">
        ${
          threads.length === 0
            ? empty()
            : html`<ol class="threads">
                ${threads.map(threadRow)}
              </ol>`
        }
      </div>
    </main>
  </div>`;
  return pageFrame({ title: recipient === '' ? 'All mail' : recipient, version, content });
}

function threadRow(thread: readonly MessageView[]): Markup {
  const latest = thread.at(-1);
  if (!latest) return nothing;
  return html`<li>
    <a class="thread" href="/inbox/${latest.id}" data-key="${latest.id}">
      <span class="who">${latest.recipients.join(', ')}</span>
      <span class="when">${momentOf(latest.receivedAt)}</span>
      <span class="subject"
        >${latest.subject}${thread.length > 1 ? html` <i class="size" title="mails in this conversation">${thread.length}</i>` : nothing}</span
      >
      <span class="snippet">${snippetOf(latest)}</span>
      <span class="labels"
        >${tagLabel(latest.tag)}
        ${fateLabel(latest.events)}${latest.attachments.length > 0 ? html` <span class="clip">${latest.attachments.map(({ name }) => name).join(', ')}</span>` : nothing}</span
      >
    </a>
  </li>`;
}

function empty(): Markup {
  return html`<div class="empty">
    <p><strong>No mail yet.</strong></p>
    <p>Mail appears here by itself as soon as it is sent.</p>
  </div>`;
}

/** One conversation per reader: the same thread in two mailboxes is two conversations. */
function threadsOf(messages: readonly MessageView[]): readonly (readonly MessageView[])[] {
  const threads = new Map<string, MessageView[]>();
  for (const message of messages) {
    const key = `${message.recipients.join(',')} ${message.threadRoot}`;
    const thread = threads.get(key);
    // taken out and put back: the thread with the newest mail stands last
    threads.delete(key);
    threads.set(key, [...(thread ?? []), message]);
  }
  return [...threads.values()].reverse();
}

function peopleOf(messages: readonly MessageView[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const email of messages.flatMap(({ recipients }) => recipients)) {
    counts.set(email, (counts.get(email) ?? 0) + 1);
  }
  return [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
}

function tagsOf(messages: readonly MessageView[]): readonly string[] {
  return [...new Set(messages.map(({ tag }) => tag))].filter((tag) => tag !== '').sort();
}

function snippetOf({ textBody }: MessageView): string {
  return textBody
    .replace(/https?:\/\/\S+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 160);
}

function hrefOf(recipient: string, tag: string): string {
  const parameters = new URLSearchParams();
  if (recipient !== '') parameters.set('recipient', recipient);
  if (tag !== '') parameters.set('tag', tag);
  return parameters.size === 0 ? '/' : `/?${parameters.toString()}`;
}

function current(isCurrent: boolean): Markup {
  return isCurrent ? html`aria-current="page"` : nothing;
}
