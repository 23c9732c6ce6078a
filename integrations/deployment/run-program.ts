import { spawn, type ChildProcess } from 'node:child_process';

/** A program as the worker's configuration names it. */
export interface Program {
  /** Absolute path. */
  readonly file: string;
  readonly arguments: readonly string[];
  readonly directory?: string;
  /** All that the program sees of the environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One run of a program. */
export interface ProgramRun {
  readonly program: Program;
  readonly extraArguments?: readonly string[];
  readonly extraEnvironment?: Readonly<Record<string, string>>;
  readonly input: string;
  readonly timeLimitMs: number;
  /** How much is kept of what it prints: the end of it. */
  readonly outputBytes: number;
}

/** How a run ended. */
export type ProgramEnd =
  | {
      readonly kind: 'exited';
      readonly code: number;
      readonly output: string;
      readonly stdout: string;
    }
  | { readonly kind: 'killed'; readonly by: string; readonly output: string }
  | { readonly kind: 'not-started'; readonly code: string };

/** Time between asking a program to end and ending it, and for its last words afterwards. */
const graceMs = 2_000;

/** Runs a program without a shell and waits for its end; every run ends in bounded time. */
export function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = start(run);
    const output = lastBytes(run.outputBytes);
    const stdout = lastBytes(run.outputBytes);
    let timedOut = false;
    const timers = [
      setTimeout(() => {
        timedOut = true;
        signalAll(child, 'SIGTERM');
        timers.push(
          setTimeout(() => {
            signalAll(child, 'SIGKILL');
          }, graceMs),
        );
      }, run.timeLimitMs),
    ];
    const finish = (end: ProgramEnd): void => {
      timers.forEach(clearTimeout);
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(end);
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      output.add(chunk);
      stdout.add(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      output.add(chunk);
    });
    // A program that does not read its input is no failure.
    child.stdin?.on('error', () => undefined).end(run.input);
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) {
        finish({ kind: 'not-started', code: error.code ?? 'SPAWN_FAILED' });
      }
    });
    const onEnd = (code: number | null, signal: NodeJS.Signals | null): void => {
      if (timedOut) {
        finish({
          kind: 'killed',
          by: `the time limit of ${run.timeLimitMs} ms`,
          output: output.text(),
        });
      } else if (code === null) {
        finish({ kind: 'killed', by: signal ?? 'a signal', output: output.text() });
      } else finish({ kind: 'exited', code, output: output.text(), stdout: stdout.text() });
    };
    child.once('close', onEnd);
    // Something the program left running may keep its output open for ever.
    child.once('exit', (code, signal) => timers.push(setTimeout(onEnd, graceMs, code, signal)));
  });
}

function start({ program, extraArguments, extraEnvironment }: ProgramRun): ChildProcess {
  return spawn(program.file, [...program.arguments, ...(extraArguments ?? [])], {
    ...(program.directory === undefined ? {} : { cwd: program.directory }),
    env: { ...program.environment, ...extraEnvironment },
    stdio: ['pipe', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
    // A group of its own, so that what it starts can be ended with it.
    detached: process.platform !== 'win32',
  });
}

function signalAll(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It ended meanwhile.
  }
}

function lastBytes(limit: number): { add: (chunk: Buffer) => void; text: () => string } {
  let kept = Buffer.alloc(0);
  return {
    add: (chunk) => {
      kept = Buffer.concat([kept, chunk]).subarray(-limit);
    },
    text: () =>
      kept
        .toString('utf8')
        .replace(/[^\P{Cc}\n\t]/gu, '')
        .trim(),
  };
}
