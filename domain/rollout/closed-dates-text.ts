import type { ClosedDate } from './closed-dates.ts';
import type { RolloutEffect } from './edit-effect.ts';

/** The question about closed dates: what is so, and the whole of it with what planning again would do. */
export function closedDatesText(
  closed: readonly ClosedDate[],
  proposal: Pick<RolloutEffect, 'moves' | 'unplaced'> | null,
): { readonly fact: string; readonly text: string } {
  const told = closed.filter(({ wasTold }) => wasTold).map(({ key }) => key);
  const whose = closed.length === 1 ? "1 client's date is" : `${closed.length} clients' dates are`;
  const who = listed(closed.map(({ key }) => key));
  const fact = `${whose} closed by ${rulesOf(closed)}: ${who}. ${toldWords(closed.length, told)}`;
  return { fact, text: `${fact} ${proposalWords(closed, proposal)}` };
}

function rulesOf(closed: readonly ClosedDate[]): string {
  const all = closed.flatMap(({ reasons }) => reasons);
  return listed([...new Set(all.map(({ rule, layer }) => `${rule} (${layer})`))]);
}

function toldWords(count: number, told: readonly string[]): string {
  if (told.length > 0) return `Told already: ${listed(told)}.`;
  return count === 1 ? 'It was not told its date yet.' : 'None of them was told a date.';
}

function proposalWords(
  closed: readonly ClosedDate[],
  proposal: Pick<RolloutEffect, 'moves' | 'unplaced'> | null,
): string {
  const them = closed.length === 1 ? 'it' : 'them';
  const moves = proposal?.moves.map(({ key, toLocal }) => `${key} to ${clockOf(toLocal)}`) ?? [];
  const without = proposal?.unplaced.map(({ key }) => `no date for ${key}`) ?? [];
  const words = [...moves, ...without];
  return words.length === 0 ? `Plan ${them} again.` : `Plan ${them} again: ${listed(words)}.`;
}

/** A wall clock time as people read it, without its seconds. */
function clockOf(local: string): string {
  return local.slice(0, 16).replace('T', ' ');
}

function listed(words: readonly string[]): string {
  const shown = words.slice(0, 5);
  const more = words.length > shown.length ? ` and ${words.length - shown.length} more` : '';
  return `${shown.join(', ')}${more}`;
}
