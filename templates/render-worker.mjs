// Runs templates away from the process that serves people: a template that loops or swells ends
// this thread and nothing else. Plain JavaScript, because a worker thread loads it as it is.
import { parentPort, workerData } from 'node:worker_threads';
import Handlebars from 'handlebars';

const knownHelpers = Object.fromEntries(workerData.knownHelpers.map((name) => [name, true]));
const compiled = new Map();

parentPort.on('message', ({ id, parts, context }) => {
  try {
    freezeDeeply(context);
    const outputs = {};
    for (const [name, part] of Object.entries(parts)) outputs[name] = render(part, context);
    parentPort.postMessage({ id, outputs });
  } catch (error) {
    const code = error?.code === 'TEMPLATE_OUTPUT_TOO_LARGE' ? error.code : 'TEMPLATE_FAILED';
    parentPort.postMessage({ id, code, problem: String(error?.message ?? error) });
  }
});

parentPort.postMessage({ ready: true });

function render(part, context) {
  const output = templateOf(part)(context);
  const bytes = Buffer.byteLength(output);
  if (bytes > workerData.maxOutputBytes) {
    throw Object.assign(
      new Error(
        `${part.name} came out with ${bytes} bytes; at most ${workerData.maxOutputBytes} are allowed`,
      ),
      { code: 'TEMPLATE_OUTPUT_TOO_LARGE' },
    );
  }
  return output;
}

function templateOf(part) {
  const known = compiled.get(part.name);
  if (known) return known;
  if (typeof part.source !== 'string') throw new Error(`${part.name} is no text`);
  const house = Handlebars.create();
  registerHelpers(house, part.plainText);
  for (const [name, source] of Object.entries(part.partials)) {
    if (typeof source !== 'string') throw new Error(`${name} is no text`);
    house.registerPartial(name, source);
  }
  const template = house.compile(part.source, {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers,
    noEscape: part.plainText,
    preventIndent: true,
  });
  compiled.set(part.name, template);
  return template;
}

function registerHelpers(house, plainText) {
  for (const name of ['lookup', 'log', 'with', 'helperMissing', 'blockHelperMissing']) {
    if (!knownHelpers[name] && name !== 'helperMissing') house.unregisterHelper(name);
  }
  house.registerHelper('is', (value, expected, options) => {
    if (options === undefined) throw new Error('"is" compares two values');
    if (typeof value !== typeof expected)
      throw new Error(`"is" was given ${typeof value} to compare`);
    return value === expected;
  });
  house.registerHelper('safeUrl', (address) => safeUrl(address));
  house.registerHelper('notes', (notes) => {
    if (typeof notes?.html !== 'string' || typeof notes.text !== 'string') {
      throw new Error('"notes" takes release notes and nothing else');
    }
    return plainText ? notes.text : new house.SafeString(notes.html);
  });
  house.registerHelper('quote', (text) => {
    if (typeof text !== 'string') throw new Error('"quote" takes a text');
    return text
      .trim()
      .split(/\r\n|[\r\n\u2028\u2029]/)
      .map((line) => `> ${line}`)
      .join('\n');
  });
}

function safeUrl(address) {
  if (
    typeof address !== 'string' ||
    !/^(https?:\/\/|mailto:)[^\s<>"'`]+$/i.test(address) ||
    !URL.canParse(address)
  ) {
    throw new Error('"safeUrl" was given something that is no http, https or mailto address');
  }
  return address;
}

function freezeDeeply(value) {
  if (value === null || typeof value !== 'object') return;
  Object.freeze(value);
  for (const each of Object.values(value)) freezeDeeply(each);
}
