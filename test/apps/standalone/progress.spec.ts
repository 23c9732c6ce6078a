import { createProgress } from '../../../apps/standalone/display/progress.ts';

function recorder(isTTY: boolean) {
  let text = '';
  return {
    output: { isTTY, write: (more: string) => (text += more) },
    text: () => text,
  };
}

it('writes plain lines where nobody watches a terminal', () => {
  const { output, text } = recorder(false);
  const progress = createProgress(output);

  progress.show('postgres', 'starting');
  progress.settle('postgres', 'running');
  progress.say('worker ended; starting it again');

  expect(text()).toBe(
    '  postgres   starting\n  postgres   running\nworker ended; starting it again\n',
  );
});

it('renews the lines of what is still busy on a terminal', () => {
  const { output, text } = recorder(true);
  const progress = createProgress(output);

  progress.show('postgres', 'starting');
  progress.show('temporal', 'starting');
  progress.settle('postgres', 'running');

  expect(text().endsWith('\x1b[2A\x1b[J  postgres   running\n  temporal   starting\n')).toBe(true);
});

it('leaves a settled block alone once everything in it is settled', () => {
  const { output, text } = recorder(true);
  const progress = createProgress(output);
  progress.show('postgres', 'starting');
  progress.settle('postgres', 'running');
  const before = text();

  progress.show('api', 'starting');

  expect(text()).toBe(`${before}  api        starting\n`);
});

it('puts a remark above the lines that are still renewed', () => {
  const { output, text } = recorder(true);
  const progress = createProgress(output);
  progress.show('worker', 'stopping');

  progress.say('One approval is left to you');

  expect(text().endsWith('\x1b[1A\x1b[JOne approval is left to you\n  worker     stopping\n')).toBe(
    true,
  );
});
