import { z } from 'zod';
import { readControlBody } from '../http/control-body.ts';
import { Refusal, sendJson } from '../http/exchange.ts';
import type { Route } from '../http/router.ts';
import { leafletVersions } from './builds.ts';
import { siteKinds } from './fleet.ts';
import { siteModeSchema } from './site-mode.ts';
import type { Sites } from './start-sites.ts';

const modeOrder = z.strictObject({
  client: z.string(),
  site: z.enum(siteKinds),
  mode: siteModeSchema,
  times: z.int().positive().optional(),
});

const buildOrder = z.strictObject({
  version: z.string(),
  leaflet: z.enum(leafletVersions).default('1.9.4'),
});

/** The control API of the fleet: where each site is and what it runs, and how it shall behave. */
export function sitesRoutes(sites: Sites, isDeploying: () => boolean): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/control\/sites$/,
      handle: async ({ response }) => {
        const all = sites.list().map(async (site) => ({ ...site, ...(await sites.read(site)) }));
        sendJson(response, 200, { sites: await Promise.all(all) });
      },
    },
    {
      method: 'PUT',
      path: /^\/control\/sites$/,
      handle: async (exchange) => {
        const { mode, times, ...name } = await readControlBody(exchange, modeOrder);
        await sites.setMode(name, mode, times);
        sendJson(exchange.response, 200, { ...name, mode });
      },
    },
    {
      method: 'POST',
      path: /^\/control\/sites\/reset$/,
      handle: async ({ response }) => {
        // A deployment that ends after the reset would put its build on the site again.
        if (isDeploying()) {
          throw new Refusal(409, 'STILL_DEPLOYING', 'a deployment is running; reset when it ended');
        }
        await sites.reset();
        sendJson(response, 200, { reset: sites.list().length });
      },
    },
    {
      method: 'GET',
      path: /^\/control\/builds$/,
      handle: ({ response }) => {
        sendJson(response, 200, { builds: sites.catalogue.list() });
      },
    },
    {
      method: 'POST',
      path: /^\/control\/builds$/,
      handle: async (exchange) => {
        const order = await readControlBody(exchange, buildOrder);
        sendJson(exchange.response, 201, await sites.catalogue.add(order));
      },
    },
  ];
}
