import type { Exchange } from './exchange.ts';
import type { MailWorld } from './mail-world.ts';
import { writeMime } from './mime.ts';
import type { StoredMessage } from './records.ts';
import { messageRow, visibleMessages } from './search.ts';

const keptBodyLength = 1024 * 1024;

/** `GET /messages/outbound/:id/details` */
export function showDetails(world: MailWorld, exchange: Exchange, id: string): void {
  const message = find(world, exchange, id);
  if (!message) return;
  exchange.json(200, {
    ...messageRow(message),
    TextBody: message.textBody.slice(0, keptBodyLength),
    HtmlBody: message.htmlBody.slice(0, keptBodyLength),
    Body: writeMime(message, 'without attachments').slice(0, keptBodyLength),
    MessageEvents: world.box.eventsOf(id),
  });
}

/** `GET /messages/outbound/:id/dump` */
export function showDump(world: MailWorld, exchange: Exchange, id: string): void {
  const message = find(world, exchange, id);
  if (!message) return;
  exchange.json(200, { Body: writeMime(message, 'without attachments').slice(0, keptBodyLength) });
}

function find(world: MailWorld, exchange: Exchange, id: string): StoredMessage | undefined {
  const message = visibleMessages(world).find((each) => each.id === id);
  if (!message) exchange.refuse(422, 701, 'This message was not found.');
  return message;
}
