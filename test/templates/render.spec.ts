import { jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRenderer, type Renderer } from '../../templates/render.ts';
import { locales } from '../../templates/view-model-parts.ts';
import { mailKinds, type MailModel } from '../../templates/view-models.ts';

jest.setTimeout(60_000);

let renderer: Renderer;

beforeAll(() => {
  renderer = createRenderer();
});

afterAll(async () => {
  await renderer.close();
});

function sample(kind: string, locale: string): MailModel<'notice'> {
  const file = new URL(
    `../../templates/email/${kind}/${locale}/sample.json`,
    `file://${import.meta.filename}`,
  );
  return JSON.parse(readFileSync(file, 'utf8')) as MailModel<'notice'>;
}

const everyMail = mailKinds.flatMap((kind) => locales.map((locale) => [kind, locale] as const));
const notice = sample('notice', 'en');

it.each(everyMail)('writes %s in %s from its sample', async (kind, locale) => {
  const mail = await renderer.renderMail(kind, locale, sample(kind, locale));

  expect(mail.subject).toMatchSnapshot('subject');
  expect(mail.text).toMatchSnapshot('text');
  expect(mail.html).toMatchSnapshot('html');
});

it.each(everyMail)('leaves nothing undefined or unescaped in %s in %s', async (kind, locale) => {
  const mail = await renderer.renderMail(kind, locale, sample(kind, locale));

  for (const part of [mail.subject, mail.text, mail.html]) {
    expect(part).not.toMatch(/undefined|\[object|null\b/);
    expect(part.replace(/\{\{link:1\}\}/g, '')).not.toContain('{{');
  }
});

const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'';

it('lets a client’s data be text and never markup', async () => {
  const model = { ...notice, clientName: hostile, whatToDo: hostile, recipientName: hostile };
  const mail = await renderer.renderMail('notice', 'en', model);

  expect(mail.html).not.toMatch(/<script|<img/i);
  expect(mail.html).toContain('&lt;script&gt;');
  expect(mail.text).toContain(hostile);
});

it.each([
  ['a script', '<script>alert(1)</script>'],
  ['raw markup', '<b onmouseover="alert(1)">x</b>'],
  ['a script address', '[click](javascript:alert(1))'],
  ['a data address', '[click](data:text/html;base64,PHNjcmlwdD4=)'],
  ['a picture', '![pixel](https://tracker.example/p.gif)'],
])('lets release notes carry no %s', async (_what, notes) => {
  const { html } = await renderer.renderMail('notice', 'en', { ...notice, notes });

  expect(html).not.toMatch(/<script|<img|<[a-z]+[^>]* on\w+=|href="(javascript|data):/i);
});

it('keeps the provider from acting on placeholders in data', async () => {
  const model = { ...notice, clientName: 'North {{{ pm:unsubscribe }}}', notes: '{{pm:x}}' };
  const mail = await renderer.renderMail('notice', 'en', model);

  for (const part of [mail.subject, mail.text, mail.html]) expect(part).not.toContain('{{');
  expect(mail.text).toContain('pm:unsubscribe');
});

it('never turns a mark that somebody typed into a link', async () => {
  const question = sample('release-on-preview', 'en');
  const model = { ...question, clientName: '{{link:1}}' };
  const mail = await renderer.renderMail('release-on-preview', 'en', model as never);

  expect(mail.subject).not.toContain('{{link:1}}');
  expect(mail.text.match(/\{\{link:1\}\}/g)).toHaveLength(1);
});

it.each([
  ['is missing', (model: Record<string, unknown>) => delete model['date']],
  ['is null', (model: Record<string, unknown>) => (model['date'] = null)],
  ['is undefined', (model: Record<string, unknown>) => (model['date'] = undefined)],
  ['is empty', (model: Record<string, unknown>) => (model['date'] = '')],
  ['breaks the line', (model: Record<string, unknown>) => (model['date'] = 'x\r\nBcc: a@b.c')],
  ['has a control character', (model: Record<string, unknown>) => (model['date'] = 'x\u0000')],
  ['is unknown', (model: Record<string, unknown>) => (model['extra'] = 'x')],
])('refuses a model in which a field %s', async (_what, spoil) => {
  const model: Record<string, unknown> = { ...notice };
  spoil(model);

  await expect(renderer.renderMail('notice', 'en', model as never)).rejects.toMatchObject({
    code: 'MODEL_REFUSED',
  });
});

it.each(['javascript:alert(1)', 'data:text/html,x', 'https://a b', 'https://u:p@x.example', '//x'])(
  'refuses %s as an address',
  async (productionUrl) => {
    const model = { ...notice, productionUrl };

    await expect(renderer.renderMail('notice', 'en', model)).rejects.toMatchObject({
      code: 'MODEL_REFUSED',
    });
  },
);

it('does not tell the refused values: the message may be logged', async () => {
  const model = { ...notice, date: 'secret\nvalue' };
  const error: unknown = await renderer
    .renderMail('notice', 'en', model)
    .catch((reason: unknown) => reason);

  expect(String(error)).toContain('date');
  expect(String(error)).not.toContain('secret');
});
