import { html, type Markup } from './html.ts';

/** The frame around every page of the inbox. */
export function pageFrame(page: {
  readonly title: string;
  readonly version: number;
  readonly content: Markup;
}): Markup {
  return html`<!doctype html>
    <html lang="en" data-version="${page.version}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · Sandbox mail</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/inbox/inbox.css" />
        <script src="/inbox/inbox.js" defer></script>
      </head>
      <body>
        <header class="top">
          <a class="brand" href="/"><span class="mark" aria-hidden="true"></span>Sandbox mail</a>
          <p class="hint">Nothing here leaves this machine.</p>
        </header>
        ${page.content}
      </body>
    </html>`;
}

/** A moment, written in UTC and put into the reader's own time by the page. */
export function momentOf(instant: string): Markup {
  const written = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(new Date(instant));
  return html`<time datetime="${instant}">${written} UTC</time>`;
}

/** A message kind as a coloured label; the colour is only a second sign beside the word. */
export function tagLabel(tag: string): Markup {
  const hue = Buffer.from(tag).reduce((sum, byte) => (sum * 31 + byte) % 12, 7);
  return html`<span class="tag hue-${hue}">${tag === '' ? 'no tag' : tag}</span>`;
}

/** What has become of a message so far. */
export function fateLabel(events: readonly { readonly Type: string }[]): Markup {
  const latest = events.at(-1)?.Type;
  if (latest === undefined) return html`<span class="fate">accepted</span>`;
  const words: Readonly<Record<string, string>> = {
    Delivered: 'delivered',
    Bounced: 'bounced',
    Transient: 'delayed',
  };
  return html`<span class="fate ${latest.toLowerCase()}">${words[latest] ?? latest}</span>`;
}
