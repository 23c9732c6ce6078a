import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';

type Shell = (words: ReadonlyMap<string, readonly string[]>) => string;

const shells: Readonly<Record<string, Shell>> = { bash, zsh, fish };

/** `daymark completion …`: nouns and verbs for the shell, read off the commands themselves. */
export function completionCommand(program: Command, cli: Cli): void {
  program
    .command('completion <shell>')
    .description('print a completion script for bash, zsh or fish')
    .addHelpText('after', '\nExample:\n  daymark completion bash > ~/.daymark-completion')
    .action((shell: string) => {
      const write = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
      if (!write) throw new CliFailure('usage', `No completion for "${shell}": bash, zsh or fish.`);
      cli.write(write(wordsOf(program)));
    });
}

function wordsOf(program: Command): ReadonlyMap<string, readonly string[]> {
  return new Map(
    program.commands.map((noun) => [noun.name(), noun.commands.map((verb) => verb.name())]),
  );
}

function bash(words: ReadonlyMap<string, readonly string[]>): string {
  const cases = [...words]
    .filter(([, verbs]) => verbs.length > 0)
    .map(([noun, verbs]) => `    ${noun}) words="${verbs.join(' ')}" ;;`);
  return [
    '_daymark() {',
    '  local words=""',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words="${[...words.keys()].join(' ')}"`,
    '  elif [ "$COMP_CWORD" -eq 2 ]; then case "${COMP_WORDS[1]}" in',
    ...cases,
    '  esac; fi',
    '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    'complete -o default -F _daymark daymark',
    '',
  ].join('\n');
}

function zsh(words: ReadonlyMap<string, readonly string[]>): string {
  return `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;
}

function fish(words: ReadonlyMap<string, readonly string[]>): string {
  const nouns = [...words.keys()].join(' ');
  const verbs = [...words]
    .filter(([, each]) => each.length > 0)
    .map(
      ([noun, each]) =>
        `complete -c daymark -f -n "__fish_seen_subcommand_from ${noun}" -a "${each.join(' ')}"`,
    );
  return [`complete -c daymark -f -n "__fish_use_subcommand" -a "${nouns}"`, ...verbs, ''].join(
    '\n',
  );
}
