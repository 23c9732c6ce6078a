import { type Command, InvalidArgumentError, Option } from 'commander';

/** Adds a verb with its one-line meaning, an example, and `--json`. */
export function verb(
  noun: Command,
  spec: {
    /** Name and arguments, as in `show <key>`. */
    readonly usage: string;
    readonly does: string;
    readonly example: string;
  },
): Command {
  return noun
    .command(spec.usage)
    .description(spec.does)
    .addOption(new Option('--json', 'answer as JSON, for programs'))
    .addHelpText('after', `\nExample:\n  ${spec.example}`);
}

/** Adds a noun; alone it shows its verbs. */
export function noun(program: Command, name: string, about: string): Command {
  return program.command(name).description(about);
}

/** A comma-separated list, given once or several times. */
export function list(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...value.split(',').map((each) => each.trim())].filter(
    (each) => each !== '',
  );
}

/** A whole number from 0. */
export function wholeNumber(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('Write a whole number.');
}

/** Comma-separated years, given once or several times. */
export function years(value: string, previous: readonly number[] = []): readonly number[] {
  const read = list(value);
  if (read.length > 0 && read.every((each) => /^\d{4}$/.test(each))) {
    return [...previous, ...read.map(Number)];
  }
  throw new InvalidArgumentError('Write years such as 2026,2027.');
}
