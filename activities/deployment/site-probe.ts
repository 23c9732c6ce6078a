import { z } from 'zod';
import { problemOfExtractor } from '../../integrations/sites/extract.ts';
import type { ProbeSettings } from '../../integrations/sites/probe.ts';

/** Where a site is and how it is asked, as stored. */
export interface ProbedSite {
  readonly url: string;
  /** A path such as `/version.json`, or JSON of a path and extractors. */
  readonly probe: string;
}

const extractor = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('json-pointer'), pointer: z.string() }),
    z.strictObject({ kind: z.literal('header'), name: z.string() }),
    z.strictObject({ kind: z.literal('pattern'), pattern: z.string() }),
  ])
  .check((context) => {
    const problem = problemOfExtractor(context.value);
    if (problem !== null) {
      context.issues.push({ code: 'custom', message: problem, input: context.value });
    }
  });

const path = z.string().regex(/^\/(?!\/)\S*$/, 'must be a path on the site, such as /version.json');

const written = z.strictObject({
  path,
  version: extractor,
  digest: extractor.optional(),
  health: z.strictObject({ from: extractor, equals: z.string() }).optional(),
  ports: z.array(z.int().min(1).max(65_535)).max(10).optional(),
  certificateAuthority: z.string().optional(),
  redirects: z.int().min(0).max(3).optional(),
});

const usual: Pick<ProbeSettings, 'version' | 'digest'> = {
  version: { kind: 'json-pointer', pointer: '/version' },
  digest: { kind: 'json-pointer', pointer: '/digest' },
};

/** Why a probe's text cannot be used; null when it can. Asked when it is stored. */
export function validateProbe(text: string): string | null {
  const read = readProbe(text);
  return read.success ? null : z.prettifyError(read.error).replaceAll('✖ ', '');
}

/**
 * How a site is asked which build it runs. The port of its own address is allowed, its network is not: private
 * addresses need an entry of the allow list.
 * @throws RangeError when the address or the probe cannot be read.
 */
export function parseProbe(site: ProbedSite): ProbeSettings {
  const read = readProbe(site.probe);
  const address = URL.parse(site.url);
  if (address === null) throw new RangeError(`"${site.url}" is no address of a site`);
  if (!read.success) {
    throw new RangeError(`The probe of ${site.url} cannot be read: ${z.prettifyError(read.error)}`);
  }
  const { path: onSite, ports = [], ...rest } = read.data;
  const own = address.port === '' ? [] : [Number(address.port)];
  return { ...definedOf(rest), url: new URL(onSite, address).href, ports: [...own, ...ports] };
}

function readProbe(text: string): ReturnType<typeof written.safeParse> {
  const trimmed = text.trim();
  return written.safeParse(trimmed.startsWith('{') ? jsonIn(trimmed) : { path: trimmed, ...usual });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Absent and undefined are one in JSON but two in our types. */
function definedOf(
  settings: Omit<z.infer<typeof written>, 'path' | 'ports'>,
): Omit<ProbeSettings, 'url' | 'ports'> {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as Omit<ProbeSettings, 'url' | 'ports'>;
}
