import { z } from 'zod';
import { readBody, Refusal } from './exchange.ts';
import type { Exchange } from './router.ts';

/**
 * Reads the JSON body of a control call.
 * @throws Refusal naming each field that is wrong; 415 keeps web pages of other origins out.
 */
export async function readControlBody<T>(exchange: Exchange, schema: z.ZodType<T>): Promise<T> {
  const type = exchange.request.headers['content-type'] ?? '';
  if (!type.startsWith('application/json')) {
    throw new Refusal(415, 'JSON_ONLY', 'send content-type: application/json');
  }
  const text = (await readBody(exchange.request)).toString('utf8');
  const parsed = schema.safeParse(parseOrNull(text));
  if (!parsed.success) throw new Refusal(422, 'BODY_INVALID', z.prettifyError(parsed.error));
  return parsed.data;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
