import { jest } from '@jest/globals';
import { RenderPool, type TemplatePart } from '../../templates/render-pool.ts';

jest.setTimeout(60_000);

let pool: RenderPool;

beforeEach(() => {
  pool = new RenderPool();
});

afterEach(async () => {
  await pool.close();
});

let number = 0;

function part(source: string, partials: Record<string, string> = {}): TemplatePart {
  number += 1;
  return { name: `test-${number}`, source, partials, plainText: false };
}

const render = (source: string, context: object, partials: Record<string, string> = {}) =>
  pool.run({ out: part(source, partials) }, context);

it('ends a template that swells, and renders the next one', async () => {
  const list = () => Array.from({ length: 400 }, (_, index) => ({ index }));
  const bomb = '{{#each a}}{{#each ../b}}{{#each ../../c}}x{{/each}}{{/each}}{{/each}}';

  const end: unknown = await render(bomb, { a: list(), b: list(), c: list() }).catch(
    (error: unknown) => error,
  );

  expect((end as { code: string }).code).toMatch(
    /^TEMPLATE_(OUT_OF_MEMORY|TOO_SLOW|OUTPUT_TOO_LARGE)$/,
  );
  expect(await render('{{name}}', { name: 'next' })).toEqual({ out: 'next' });
});

it('ends a partial that calls itself', async () => {
  const end = render('{{> again}}', {}, { again: '{{> again}}' });

  await expect(end).rejects.toMatchObject({ code: 'TEMPLATE_FAILED' });
});

it.each([
  '{{constructor}}',
  '{{__proto__}}',
  '{{toString}}',
  '{{name.constructor}}',
  '{{name.__proto__.polluted}}',
])('lets %s see nothing of the machine', async (source) => {
  const end: unknown = await render(source, { name: 'x' }).catch(() => ({ out: '' }));

  expect(end).toEqual({ out: '' });
});

it.each([
  '{{missing}}',
  '{{person.missing}}',
  '{{helper "x"}}',
  '{{lookup this "name"}}',
  '{{log "x"}}',
])('refuses %s instead of writing nothing', async (source) => {
  await expect(render(source, { person: {} })).rejects.toMatchObject({ code: 'TEMPLATE_FAILED' });
});

it('refuses a template that was parsed before', async () => {
  const parsed = { type: 'Program', body: [] } as unknown as string;

  await expect(render(parsed, {})).rejects.toMatchObject({ code: 'TEMPLATE_FAILED' });
});

it.each(['javascript:alert(1)', 'vbscript:x', ' https://x.example', 'https://x.example/"onclick'])(
  'lets safeUrl pass no %s',
  async (address) => {
    const end = render('<a href="{{safeUrl address}}">x</a>', { address });

    await expect(end).rejects.toMatchObject({ code: 'TEMPLATE_FAILED' });
  },
);
