import type { ClientRow, PlanRow } from '../api/types.ts';

export const consentWords = {
  inform: 'Informed only',
  object: 'May object',
  approve: 'Must approve',
} as const satisfies Record<ClientRow['consent'], string>;

export const noAnswerWords = {
  'go-ahead': 'goes ahead',
  wait: 'waits',
  'next-window': 'asked again for the next window',
  'ask-a-person': 'a person decides',
} as const satisfies Record<PlanRow['noAnswerRule'], string>;

/** A stored name such as `approval-reminder` as it is read: “Approval reminder”. */
export function readable(name: string): string {
  const words = name.replaceAll(/[-_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Who did something: a person by name or address, a program by the name of its token. */
export function actorOf(actor: string): string {
  if (actor === 'daymark') return 'Daymark';
  return actor.startsWith('token:') ? `token “${actor.slice('token:'.length)}”` : actor;
}

/** A reason from the rules as a sentence of its own begins. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** “1 client”, “3 clients”. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** “a”, “a and b”, “a, b and c”. */
export function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
