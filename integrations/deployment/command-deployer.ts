import { z } from 'zod';
import {
  classifyDeployLookUp,
  type DeployAnswer,
  type DeployLookUp,
  permitLapsed,
} from '../../domain/rollout/classify-deploy-answer.ts';
import type { Deployer, DeployerTest, DeployOperation, DeployRequest } from './deployer.ts';
import { type Program, type ProgramEnd, runProgram } from './run-program.ts';

/** A deploy program of the worker's configuration. */
export interface DeployProgram extends Program {
  readonly timeLimitMs: number;
  readonly outputBytes: number;
  /** Prints the state of an operation as JSON; without it an unknown outcome goes to a person. */
  readonly lookUp: Program | null;
}

const text = z.string().min(1);
const program = z.strictObject({
  file: text.refine((file) => /^(\/|[A-Za-z]:[\\/])/.test(file), 'must be an absolute path'),
  arguments: z.array(z.string()).default([]),
  directory: text.optional(),
  /** Names of variables that are handed on. */
  environment: z.array(text).default([]),
});
const programs = z.record(
  text,
  program.extend({
    timeLimitSeconds: z.number().positive().max(86_400).default(1_800),
    outputBytes: z.number().int().positive().max(1_048_576).default(16_384),
    lookUp: program.optional(),
  }),
);
const lookUpLimitMs = 20_000;

/**
 * Reads the deploy programs of the worker's configuration, a JSON object from name to program. Of the
 * environment only what a program lists is handed on.
 * @throws RangeError naming the program and the setting.
 */
export function readDeployPrograms(
  json: string,
  environment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, DeployProgram> {
  const parsed = programs.safeParse(parseJson(json));
  if (!parsed.success) {
    throw new RangeError(`The deploy programs cannot be read: ${z.prettifyError(parsed.error)}`);
  }
  const withValues = (named: z.infer<typeof program>): Program => ({
    file: named.file,
    arguments: named.arguments,
    ...(named.directory === undefined ? {} : { directory: named.directory }),
    environment: Object.fromEntries(
      named.environment.flatMap((name) => {
        const value = environment[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  });
  return new Map(
    Object.entries(parsed.data).map(([name, named]) => [
      name,
      {
        ...withValues(named),
        timeLimitMs: named.timeLimitSeconds * 1000,
        outputBytes: named.outputBytes,
        lookUp: named.lookUp ? withValues(named.lookUp) : null,
      },
    ]),
  );
}

/** A deployer that runs a program; its input is the request's JSON, its key is in `DAYMARK_KEY`. */
export function openCommandDeployer(
  name: string,
  known: ReadonlyMap<string, DeployProgram>,
): Deployer {
  const named = known.get(name);
  const missing = `the worker's configuration names no deploy program "${name}"`;
  return {
    capability: named?.lookUp ? 'label' : 'none',
    dispatch: (request) =>
      named ? dispatch(request, named) : Promise.resolve({ kind: 'refused', reason: missing }),
    lookUp: (operation) =>
      named?.lookUp
        ? lookUp(operation, named.lookUp, named.outputBytes)
        : Promise.resolve({ kind: 'not-supported' }),
    test: () => (named ? test(named) : Promise.resolve({ kind: 'failed', reason: missing })),
  };
}

async function dispatch(request: DeployRequest, named: DeployProgram): Promise<DeployAnswer> {
  if (!request.beforeWrite()) return { kind: 'not-started', cause: permitLapsed };
  const end = await runProgram({
    program: named,
    extraEnvironment: { DAYMARK_KEY: request.key },
    input: request.body,
    timeLimitMs: named.timeLimitMs,
    outputBytes: named.outputBytes,
  });
  switch (end.kind) {
    case 'not-started':
      return { kind: 'not-started', cause: end.code };
    case 'killed':
      return { kind: 'unknown', cause: inWords(end) };
    case 'exited':
      return end.code === 0
        ? { kind: 'succeeded', operationId: null, detail: end.output }
        : { kind: 'failed', operationId: null, detail: inWords(end) };
  }
}

async function lookUp(
  operation: DeployOperation,
  asking: Program,
  outputBytes: number,
): Promise<DeployLookUp> {
  const end = await runProgram({
    program: asking,
    extraEnvironment: {
      DAYMARK_KEY: operation.key,
      ...(operation.operationId === null ? {} : { DAYMARK_OPERATION_ID: operation.operationId }),
    },
    input: '',
    timeLimitMs: lookUpLimitMs,
    outputBytes,
  });
  if (end.kind !== 'exited' || end.code !== 0) {
    return { kind: 'no-answer', cause: inWords(end), retryAfterMs: null };
  }
  const accepted = operation.operationId !== null;
  if (absentAnswer.safeParse(parseJson(end.stdout)).success) {
    return { kind: accepted ? 'lost' : 'absent' };
  }
  const record = {
    status: 200,
    retryAfterMs: null,
    causeCode: null,
    written: true,
    body: end.stdout,
  };
  return classifyDeployLookUp(record, { key: operation.key, accepted });
}

/** A program says in words what HTTP says with 404. */
const absentAnswer = z.object({ status: z.literal('absent') });

async function test(named: DeployProgram): Promise<DeployerTest> {
  const end = await runProgram({
    program: named,
    extraArguments: ['--test'],
    input: JSON.stringify({ type: 'deploy.test' }),
    timeLimitMs: Math.min(named.timeLimitMs, lookUpLimitMs),
    outputBytes: named.outputBytes,
  });
  return end.kind === 'exited' && end.code === 0
    ? { kind: 'passed', detail: end.output }
    : { kind: 'failed', reason: inWords(end) };
}

function inWords(end: ProgramEnd): string {
  switch (end.kind) {
    case 'not-started':
      return `the program could not be started: ${end.code}`;
    case 'killed':
      return withOutput(`killed by ${end.by}`, end.output);
    case 'exited':
      return withOutput(`exit code ${end.code}`, end.output);
  }
}

function withOutput(what: string, output: string): string {
  return output === '' ? what : `${what}: ${output}`;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
