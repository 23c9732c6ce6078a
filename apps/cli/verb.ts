import { type Command, Option } from 'commander';

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
