import type { Exchange } from '../exchange.ts';
import type { MailWorld } from '../mail-world.ts';
import { findMessages, type MessageView } from '../message-view.ts';
import { writeMime } from '../mime.ts';
import { inboxScript } from './inbox-script.ts';
import { inboxStyle } from './inbox-style.ts';
import { listPage } from './list-page.ts';
import { messagePage, missingPage } from './message-page.ts';

const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A mail body may show its own styles and pictures, and nothing in it ever runs. */
const bodyPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; base-uri 'self'; frame-ancestors 'self'";

/** Answers the inbox page and what belongs to it; false when the call is for somebody else. */
export async function handleInbox(world: MailWorld, exchange: Exchange): Promise<boolean> {
  const { pathname } = exchange.url;
  if (!isForInbox(exchange)) return false;
  await exchange.readBody(0);
  const fixed = fixedAnswers[pathname];
  if (fixed) {
    fixed(world, exchange);
    return true;
  }
  const match = /^\/inbox\/([^/]+)(?:\/(html|source|attachments\/\d+))?$/.exec(pathname);
  showMessagePart(world, exchange, match?.[1] ?? '', match?.[2] ?? '');
  return true;
}

function isForInbox({ method, url: { pathname } }: Exchange): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return pathname === '/' || pathname === '/readyz' || pathname.startsWith('/inbox');
}

const fixedAnswers: Readonly<Record<string, (world: MailWorld, exchange: Exchange) => void>> = {
  '/': showList,
  '/inbox': showList,
  '/inbox/inbox.css': (_world, exchange) => {
    exchange.send(200, 'text/css; charset=utf-8', inboxStyle);
  },
  '/inbox/inbox.js': (_world, exchange) => {
    exchange.send(200, 'text/javascript; charset=utf-8', inboxScript);
  },
  '/inbox/version': (world, exchange) => {
    exchange.json(200, { version: world.box.version }, { 'Cache-Control': 'no-store' });
  },
  '/readyz': (_world, exchange) => {
    exchange.json(200, { status: 'ready' });
  },
};

function showList(world: MailWorld, exchange: Exchange): void {
  const parameters = exchange.url.searchParams;
  const page = listPage({
    messages: allMessages(world),
    recipient: parameters.get('recipient') ?? '',
    tag: parameters.get('tag') ?? '',
    version: world.box.version,
  });
  showPage(exchange, 200, page.text);
}

function showMessagePart(world: MailWorld, exchange: Exchange, id: string, part: string): void {
  const messages = allMessages(world);
  const message = messages.find((each) => each.id === id);
  if (!message) {
    showPage(exchange, 404, missingPage().text);
    return;
  }
  if (part === 'html') {
    const body = `<base target="_blank">${message.htmlBody}`;
    exchange.html(200, body, { 'Content-Security-Policy': bodyPolicy, ...discreet });
    return;
  }
  if (part === 'source') {
    const stored = world.box.messages.get(id);
    exchange.send(
      200,
      'text/plain; charset=utf-8',
      stored ? writeMime(stored, 'with attachments') : '',
      discreet,
    );
    return;
  }
  if (part.startsWith('attachments/')) {
    sendAttachment(exchange, message, Number(part.split('/')[1]));
    return;
  }
  const view = exchange.url.searchParams.get('view') ?? '';
  showPage(
    exchange,
    200,
    messagePage({ message, messages, view, version: world.box.version }).text,
  );
}

/** A mail holds personal links: no page of ours tells another site where the reader came from. */
const discreet = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

function showPage(exchange: Exchange, status: number, page: string): void {
  exchange.html(status, page, { 'Content-Security-Policy': pagePolicy, ...discreet });
}

function sendAttachment(exchange: Exchange, message: MessageView, index: number): void {
  const attachment = message.attachments[index];
  if (!attachment) {
    showPage(exchange, 404, missingPage().text);
    return;
  }
  const fileName = attachment.name.replace(/[^\w.-]+/g, '_');
  exchange.send(200, attachment.type, Buffer.from(attachment.content, 'base64'), {
    ...discreet,
    'Content-Disposition': `attachment; filename="${fileName}"`,
  });
}

function allMessages(world: MailWorld): readonly MessageView[] {
  return findMessages(world.box, {}, world.clock.nowMs());
}
