import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// Both are what Jest itself is made of.
const { expect } = require('expect');
const { bind } = require('jest-each');

/** Reads specs as Jest would and answers with their tests, each with what comes before and after it. */
export function collectTests(readSpecs) {
  const tests = [];
  const blocks = [{ name: '', before: [], after: [] }];
  const seen = new Map();
  const it = (name, test) => {
    const path = [...blocks];
    const text = [...path.slice(1).map((block) => block.name), name].join(' ');
    const times = seen.get(text) ?? 0;
    seen.set(text, times + 1);
    tests.push({
      id: times === 0 ? text : `${text} (${times + 1})`,
      fileName: '',
      run: () => runWithin(path, test),
    });
  };
  const describe = (name, read) => {
    blocks.push({ name, before: [], after: [] });
    try {
      read();
    } finally {
      blocks.pop();
    }
  };
  it.each = bind(it, false);
  describe.each = bind(describe, false);
  const hook = (kind) => (act) => blocks.at(-1)[kind].push(act);
  Object.assign(globalThis, {
    it,
    test: it,
    describe,
    expect,
    assertFew,
    beforeEach: hook('before'),
    afterEach: hook('after'),
  });
  readSpecs();
  return tests;
}

async function runWithin(path, test) {
  for (const { before } of path) for (const act of before) await act();
  try {
    await test();
  } finally {
    for (const { after } of path) for (const act of after) await act();
  }
}

/** Properties are tried on the same few samples for every mutant, and nothing is shrunk. */
function assertFew(fc, property, options = {}) {
  const numRuns = Math.min(options.numRuns ?? 100, 10);
  return fc.assert(property, { ...options, numRuns, seed: 1, endOnFailure: true });
}
