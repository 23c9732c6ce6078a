/** Tells a person who waits what is going on. */
export interface Progress {
  /** What a part is busy with; replaces what was said about it before. */
  readonly show: (part: string, text: string) => void;
  /** The same, for good. */
  readonly settle: (part: string, text: string) => void;
  readonly say: (line: string) => void;
}

interface Output {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** Lines that renew themselves on a terminal; plain lines elsewhere. */
export function createProgress(output: Output): Progress {
  return output.isTTY === true ? renewingLines(output) : plainLines(output);
}

function plainLines(output: Output): Progress {
  const show = (part: string, text: string): void => {
    output.write(`${lineOf(part, text)}\n`);
  };
  return {
    show,
    settle: show,
    say: (line) => {
      output.write(`${line}\n`);
    },
  };
}

/** The lines at the bottom are open and rewritten; a settled block scrolls away like any other text. */
function renewingLines(output: Output): Progress {
  const open = new Map<string, { text: string; isSettled: boolean }>();
  let drawn = 0;

  function draw(above = ''): void {
    const lines = [...open].map(([part, { text }]) => `${lineOf(part, text)}\n`);
    const up = drawn > 0 ? `\x1b[${drawn}A\x1b[J` : '';
    output.write(`${up}${above}${lines.join('')}`);
    drawn = lines.length;
    if ([...open.values()].every(({ isSettled }) => isSettled)) {
      open.clear();
      drawn = 0;
    }
  }

  return {
    show: (part, text) => {
      open.set(part, { text, isSettled: false });
      draw();
    },
    settle: (part, text) => {
      open.set(part, { text, isSettled: true });
      draw();
    },
    say: (line) => {
      draw(`${line}\n`);
    },
  };
}

function lineOf(part: string, text: string): string {
  return `  ${part.padEnd(10)} ${text}`;
}
