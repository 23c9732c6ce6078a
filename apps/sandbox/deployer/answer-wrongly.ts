import type { ServerResponse } from 'node:http';
import { sendJson } from '../http/exchange.ts';
import type { FaultAt } from './faults.ts';

/** The faults that spoil an answer without waiting for anything. */
export type SpoiledAnswer = Exclude<
  FaultAt<'answer'>,
  { readonly kind: 'hang-after-accept' | 'answer-late' | 'answer-when-finished' }
>;

/** Answers an accepted operation in the way the fault says; the operation itself goes on. */
export function answerWrongly(
  response: ServerResponse,
  fault: SpoiledAnswer,
  accepted: object,
): void {
  switch (fault.kind) {
    case 'reset-after-accept':
      response.socket?.resetAndDestroy();
      return;
    case 'error-after-accept':
      sendJson(response, fault.status, { code: 'TOLD_TO_FAIL', message: 'told to fail' });
      return;
    case 'answer':
      response.writeHead(fault.status, { 'content-type': 'application/json' }).end(fault.body);
      return;
    case 'cut-body':
      cutBody(response, JSON.stringify(accepted));
      return;
    case 'answer-twice':
      answerTwice(response, JSON.stringify(accepted));
      return;
  }
}

function cutBody(response: ServerResponse, body: string): void {
  response.writeHead(202, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.write(body.slice(0, body.length / 2), () => {
    response.destroy();
  });
}

// HTTP knows one answer per request, so the second one goes to the socket itself.
function answerTwice(response: ServerResponse, body: string): void {
  const whole = [
    'HTTP/1.1 202 Accepted',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
  response.socket?.end(whole + whole);
}
