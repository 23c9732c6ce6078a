import { parseArgs } from 'node:util';
import { StopError } from './stop-error.mjs';

const none = {};

/** Every verb with the options it knows; what comes after them goes on to the tool behind it. */
const commands = {
  start: {
    says: 'Starts everything on this machine',
    options: {
      data: { type: 'string' },
      once: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    help: [
      '  --data DIR   keep all data in DIR (default: .daymark)',
      '  --once       play the demo rollout to its end without a person, then stop',
      '  --json       with --once: the last line is a summary as JSON',
      '',
      'DATABASE_URL, TEMPORAL_ADDRESS and POSTMARK_SERVER_TOKEN each replace the embedded part.',
    ],
  },
  test: {
    says: 'Runs the tests; names of spec files narrow them',
    options: none,
    takesFiles: true,
  },
  check: { says: 'Checks format, lint, types and imports', options: none },
  bench: {
    says: 'Measures openings, plans and the engine, each against a baseline',
    options: none,
    takesFiles: true,
  },
  mutate: {
    says: 'Breaks the rules of calendars and plans one by one, to see whether a test notices',
    options: none,
    takesFiles: true,
  },
  build: { says: 'Builds everything into dist/', options: none },
  generate: { says: 'Writes docs/openapi.json and the clients made from it', options: none },
};

/**
 * Reads what is wanted before anything is installed, so that a slip costs no half minute.
 * @throws StopError with exit code 2 when it cannot be understood.
 */
export function readCommand(argv) {
  const [verb, ...args] = argv;
  const command = Object.hasOwn(commands, verb ?? '') ? commands[verb] : undefined;
  if (!command) throw new StopError(`${complaintAbout(verb)}\n${overview()}`, 2);
  if (command.takesFiles) return { kind: 'run', verb, args };
  const { values } = parse(verb, command, args);
  if (values.help) return { kind: 'help', text: helpOf(verb, command) };
  if (values.json && !values.once) throw new StopError('--json belongs to --once.', 2);
  if (values.data === '') throw new StopError('--data needs the name of a folder.', 2);
  return { kind: 'run', verb, args };
}

function parse(verb, command, args) {
  try {
    const options = { ...command.options, help: { type: 'boolean' } };
    return parseArgs({ args, options, allowPositionals: false });
  } catch (error) {
    const [sentence] = error.message.split('. ');
    throw new StopError(`npm ${scriptOf(verb)}: ${sentence}.\n${helpOf(verb, command)}`, 2);
  }
}

function complaintAbout(verb) {
  return verb === undefined ? 'Say what to do.' : `There is no "${verb}".`;
}

function overview() {
  return Object.entries(commands)
    .map(([verb, { says }]) => `  ${verb.padEnd(10)} ${says}`)
    .join('\n');
}

function helpOf(verb, command) {
  return `${[`npm ${scriptOf(verb)}: ${command.says}.`, ...(command.help ?? [])].join('\n')}\n`;
}

function scriptOf(verb) {
  return verb === 'start' || verb === 'test' ? verb : `run ${verb}`;
}
