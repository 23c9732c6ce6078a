import { transformFile } from '@swc/core';
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { manyQuestions } from './many-questions.ts';
import { nodeOfMajor } from './runtimes.ts';

const root = join(import.meta.dirname, '../../..');
const cases = ['calendar', 'policies'].flatMap((name) =>
  readFileSync(join(root, `test/cases/${name}.ndjson`), 'utf8')
    .trim()
    .split('\n'),
);
const questions = [...cases, ...manyQuestions(cases)];

const program = `
  import { readFileSync } from 'node:fs';
  import { askLine } from './domain/calendar/ask.js';
  const lines = readFileSync(new URL('questions.ndjson', import.meta.url), 'utf8').split('\\n');
  const answers = lines.map((line, index) => JSON.stringify(askLine(line, index + 1)));
  console.log([process.versions.node.split('.')[0], new Date(0).getHours(), ...answers].join('\\n'));`;

const folder = mkdtempSync(join(tmpdir(), 'daymark-same-answers-'));

// Built JavaScript, since Node 20 reads no types.
beforeAll(async () => {
  for (const file of globSync('domain/{*.ts,calendar/*.ts}', { cwd: root })) {
    const { code } = await transformFile(join(root, file), {
      swcrc: false,
      configFile: false,
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript' },
        // The published types do not know it yet.
        ...{ rewriteRelativeImportExtensions: true },
      },
      module: { type: 'es6' },
    });
    const output = join(folder, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, code);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'questions.ndjson'), questions.join('\n'));
  writeFileSync(join(folder, 'answer-all.js'), program);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Answers {
  readonly major: string;
  readonly hour: string;
  readonly lines: readonly string[];
}

function answersOf(node: string, zone: string): Answers {
  const output = execFileSync(node, [join(folder, 'answer-all.js')], {
    env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const [major = '', hour = '', ...lines] = output.trimEnd().split('\n');
  return { major, hour, lines };
}

/** The first answer that differs, beside its question; a diff of thousands of lines would say less. */
function firstDifference({ lines }: Answers, reference: Answers): unknown {
  const index = reference.lines.findIndex((line, at) => line !== lines[at]);
  if (index < 0 && lines.length === reference.lines.length) return 'none';
  return [questions[index], reference.lines[index], lines[index]];
}

const places = ['UTC', 'Pacific/Kiritimati', 'Australia/Lord_Howe'];

describe('the same answers', () => {
  let reference: Answers;

  beforeAll(() => {
    reference = answersOf(process.execPath, 'America/St_Johns');
  });

  it('come to thousands of questions, and to nearly all of them without an error', () => {
    const errors = reference.lines.filter((line) => line.includes('"error":'));

    expect(reference.lines).toHaveLength(questions.length);
    expect(questions.length).toBeGreaterThan(4000);
    expect(errors.length).toBeLessThan(questions.length / 20);
  });

  it.each(places)('come where the clocks of the machine show %s', (zone) => {
    const answers = answersOf(process.execPath, zone);

    expect(answers.hour).not.toBe(reference.hour);
    expect(firstDifference(answers, reference)).toBe('none');
  });

  const timeToFetchMs = 240_000;
  it.each([20, 22])(
    'come from Node %i',
    (major) => {
      const node = nodeOfMajor(major);

      const answers = answersOf(node, 'Pacific/Kiritimati');

      expect(answers.major).toBe(String(major));
      expect(firstDifference(answers, reference)).toBe('none');
    },
    timeToFetchMs,
  );
});
