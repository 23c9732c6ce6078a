import type { MessageView } from '../message-view.ts';
import { html, nothing, type Markup } from './html.ts';
import { fateLabel, momentOf, pageFrame, tagLabel } from './page-frame.ts';

interface MessagePageView {
  readonly message: MessageView;
  readonly messages: readonly MessageView[];
  readonly view: string;
  readonly version: number;
}

const views = [
  ['', 'Mail'],
  ['text', 'Plain text'],
  ['headers', 'Headers'],
] as const;

/** One mail, as its reader sees it and as it travels. */
export function messagePage({ message, messages, view, version }: MessagePageView): Markup {
  const thread = messages.filter(
    (each) =>
      each.threadRoot === message.threadRoot &&
      each.recipients.join() === message.recipients.join(),
  );
  const reader = message.recipients[0] ?? '';
  const content = html`<main class="reading">
    <p class="back"><a href="/?recipient=${encodeURIComponent(reader)}">← Mail for ${reader}</a></p>
    <h1>${message.subject}</h1>
    <dl class="facts">
      <dt>From</dt>
      <dd>${message.from}</dd>
      <dt>To</dt>
      <dd>${message.recipients.join(', ')}</dd>
      <dt>Sent</dt>
      <dd>${momentOf(message.receivedAt)}</dd>
      <dt>Kind</dt>
      <dd data-live="fate">${tagLabel(message.tag)} ${fateLabel(message.events)}</dd>
    </dl>
    ${attachmentList(message)}
    <nav class="views" aria-label="Parts of this mail">
      ${views.map(([name, label]) => html`<a href="/inbox/${message.id}${name === '' ? '' : `?view=${name}`}" ${name === view ? html`aria-current="page"` : nothing}>${label}</a>`)}
      <a href="/inbox/${message.id}/source">Source</a>
    </nav>
    ${viewOf(message, view)}
    <section class="conversation" data-live="conversation">
      ${
        thread.length > 1
          ? html`<h2>This conversation</h2>
              <ol>
                ${thread.map((each) => threadLine(each, message.id))}
              </ol>`
          : nothing
      }
      ${
        message.events.length > 0
          ? html`<h2>What happened to it</h2>
              <ol>
                ${message.events.map((event) => html`<li>${event.Type} · ${event.Recipient} · ${momentOf(event.ReceivedAt)}</li>`)}
              </ol>`
          : nothing
      }
    </section>
  </main>`;
  return pageFrame({ title: message.subject, version, content });
}

/** Shown for a mail that is not there. */
export function missingPage(): Markup {
  const content = html`<main class="reading">
    <h1>This mail is not here</h1>
    <p><a href="/">All mail</a></p>
  </main>`;
  return pageFrame({ title: 'Not found', version: 0, content });
}

function viewOf(message: MessageView, view: string): Markup {
  if (view === 'headers') return headerTable(message);
  if (view === 'text' || message.htmlBody === '') {
    return html`<pre class="text">${withLinks(message.textBody)}</pre>`;
  }
  // no script runs in there; the same origin lets the page measure how tall the mail is
  return html`<iframe
    class="body"
    title="The mail"
    sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
    src="/inbox/${message.id}/html"
  ></iframe>`;
}

function attachmentList({ id, attachments }: MessageView): Markup {
  if (attachments.length === 0) return nothing;
  return html`<ul class="attachments">
    ${attachments.map(
      ({ name, content }, index) =>
        html`<li>
          <a href="/inbox/${id}/attachments/${index}" download>${name}</a>
          <small>${Math.ceil((content.length * 3) / 4)} bytes</small>
        </li>`,
    )}
  </ul>`;
}

function headerTable(message: MessageView): Markup {
  const rows: readonly (readonly [string, string])[] = [
    ['Message-ID', message.rfcMessageId],
    ...Object.entries(message.headers).filter(([name]) => name.toLowerCase() !== 'message-id'),
    ['Stream', message.stream],
    ['MessageID', message.id],
    ...Object.entries(message.metadata).map(
      ([name, value]) => [`Metadata ${name}`, value] as const,
    ),
  ];
  return html`<table class="headers">
    <tbody>
      ${rows.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function threadLine(each: MessageView, currentId: string): Markup {
  const mark = each.id === currentId ? html`aria-current="true"` : nothing;
  return html`<li>
    <a href="/inbox/${each.id}" ${mark}
      >${momentOf(each.receivedAt)} ${tagLabel(each.tag)} <span>${each.subject}</span></a
    >
  </li>`;
}

function withLinks(text: string): readonly Markup[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) =>
      index % 2 === 1
        ? html`<a href="${part}" target="_blank" rel="noopener noreferrer">${part}</a>`
        : html`${part}`,
    );
}
