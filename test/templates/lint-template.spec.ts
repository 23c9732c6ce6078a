import { lintTemplate, recursivePartials } from '../../templates/lint-template.ts';

const options = { format: 'html', partials: ['about'] } as const;
const problems = (source: string) => lintTemplate(source, options).map(({ message }) => message);

it.each([
  '<p>{{name}}</p>',
  '<a class="plain" href="{{safeUrl address}}">{{name}}</a>',
  '{{#if (is kind "x")}}<b>{{name}}</b>{{else}}<i>{{name}}</i>{{/if}}{{> about}}',
  '{{#each list}}<li>{{this}}</li>{{/each}}{{notes notes}}',
])('lets %s pass', (source) => {
  expect(problems(source)).toEqual([]);
});

it.each([
  ['triple braces', '{{{name}}}', 'triple braces'],
  ['an unescaped value', '{{&name}}', 'triple braces'],
  ['a placeholder of the provider', '{{{ pm:unsubscribe }}}', 'pm:'],
  ['an escaped placeholder', '\\{{{ pm:unsubscribe }}}', 'pm:'],
  ['an unquoted attribute', '<p class={{name}}>x</p>', 'unquoted|not quoted'],
  ['a value as attribute', '<p {{name}}>x</p>', 'inside an element'],
  ['an address without safeUrl', '<a href="{{address}}">x</a>', 'safeUrl'],
  ['an address that is put together', '<a href="https://x/{{safeUrl address}}">x</a>', 'alone'],
  ['a script address', '<a href="javascript:alert(1)">x</a>', 'not allowed'],
  ['a script', '<script>x</script>', '<script>'],
  ['an event handler', '<p onclick="x">x</p>', 'onclick'],
  ['a style from data', '<p style="{{name}}">x</p>', 'style'],
  ['a decorator', '{{* inline "x"}}', 'not allowed|not readable'],
  ['a computed partial', '{{> (lookup . "x")}}', 'computed'],
  ['an unknown partial', '{{> other}}', 'no partial'],
  ['an unknown helper', '{{helper name}}', 'no helper'],
  ['the prototype', '{{name.__proto__.x}}', 'not allowed'],
  ['the constructor', '{{constructor.name}}', 'not allowed'],
  ['a block that leaves an element open', '<p {{#if a}}class="{{/if}}">x</p>', 'same place|inside'],
  ['an unreadable template', '{{#if a}}', 'not readable'],
])('refuses %s', (_what, source, reason) => {
  expect(problems(source).join('\n')).toMatch(new RegExp(reason));
});

it('refuses a subject of two lines', () => {
  const found = lintTemplate('one\ntwo\n', { format: 'subject', partials: [] });

  expect(found.map(({ message }) => message)).toEqual(['a subject is one line']);
});

it('names partials that call themselves through others', () => {
  expect(recursivePartials({ a: '{{> b}}', b: '{{> a}}', c: '{{> a}}' })).toEqual(['a', 'b']);
});
