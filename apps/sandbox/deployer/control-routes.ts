import { z } from 'zod';
import { readControlBody } from '../http/control-body.ts';
import { sendJson } from '../http/exchange.ts';
import type { Route } from '../http/router.ts';
import { faultSchema } from './faults.ts';
import type { DeployerControl } from './deployer-control.ts';

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
