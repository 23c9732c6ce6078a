import { z } from 'zod';
import { readBody, Refusal, sendJson } from '../http/exchange.ts';
import type { Exchange, Route } from '../http/router.ts';
import { faultSchema } from './faults.ts';
import type { DeployerControl } from './start-deployer.ts';

const longestWaitMs = 60_000;
const releaseSchema = z.strictObject({ arrival: z.string().optional() });
const settingsSchema = z.strictObject({ workMs: z.int().nonnegative() });

/** The control API of the deployer: what happened, and what shall go wrong next. */
export function controlRoutes(control: DeployerControl): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/control\/effects$/,
      handle: ({ response, url }) => {
        const rollout = url.searchParams.get('rollout');
        const effects = control.effects();
        sendJson(response, 200, {
          effects: rollout === null ? effects : effects.filter((each) => each.rollout === rollout),
        });
      },
    },
    {
      method: 'GET',
      path: /^\/control\/requests$/,
      handle: ({ response }) => {
        sendJson(response, 200, { requests: control.requests() });
      },
    },
    {
      method: 'POST',
      path: /^\/control\/faults$/,
      handle: async (exchange) => {
        const order = await readControlBody(exchange, faultSchema);
        sendJson(exchange.response, 201, control.inject(order));
      },
    },
    {
      method: 'GET',
      path: /^\/control\/faults$/,
      handle: ({ response }) => {
        sendJson(response, 200, { faults: control.faults() });
      },
    },
    {
      method: 'DELETE',
      path: /^\/control\/faults$/,
      handle: ({ response }) => {
        control.clearFaults();
        sendJson(response, 200, { faults: [] });
      },
    },
    ...arrivalRoutes(control),
    {
      method: 'PUT',
      path: /^\/control\/settings$/,
      handle: async (exchange) => {
        const settings = await readControlBody(exchange, settingsSchema);
        control.setWorkMs(settings.workMs);
        sendJson(exchange.response, 200, settings);
      },
    },
  ];
}

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
  const parsed = schema.safeParse(parseOrNull(text === '' ? '{}' : text));
  if (!parsed.success) throw new Refusal(422, 'BODY_INVALID', z.prettifyError(parsed.error));
  return parsed.data;
}

function arrivalRoutes(control: DeployerControl): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/control\/arrivals$/,
      handle: async ({ response, url }) => {
        const count = Number(url.searchParams.get('count') ?? 0);
        const waitMs = Math.min(Number(url.searchParams.get('waitMs') ?? 0), longestWaitMs);
        sendJson(response, 200, { arrivals: await control.waitForArrivals(count, waitMs) });
      },
    },
    {
      method: 'POST',
      path: /^\/control\/release$/,
      handle: async (exchange) => {
        const { arrival } = await readControlBody(exchange, releaseSchema);
        sendJson(exchange.response, 200, { released: control.release(arrival) });
      },
    },
  ];
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
