import { type EventKind, eventWords } from './event-words.ts';

/** What happened, as it was recorded. */
export interface StoryEvent {
  readonly kind: string;
  readonly actor: string;
  readonly cause: string | null;
  /** Null = it is about no single client. */
  readonly clientName: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * One event as a sentence. The words stand in a table by kind; `{client}`, `{cause}` and `{name of a fact}` are
 * filled in, and a part in brackets is left out when something in it is not known.
 * A kind that only another version of Daymark knows is told by its name.
 */
export function sentenceOf(event: StoryEvent): string {
  const sentence = wordsOf(event.kind).replace(
    /\[([^\]]*)\]|\{([^}]+)\}/g,
    (_, part: string | undefined, name: string | undefined) =>
      part === undefined ? (valueOf(name ?? '', event) ?? '…') : (filled(part, event) ?? ''),
  );
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function wordsOf(kind: string): string {
  if (isKnown(kind)) return eventWords[kind];
  return `${plain(kind.replace('.', ' '))}[ ({client})][: {cause}]`;
}

function isKnown(kind: string): kind is EventKind {
  return kind in eventWords;
}

function plain(word: string): string {
  return word.replace(/[-_]/g, ' ');
}

/** Null when something in it is not known. */
function filled(words: string, event: StoryEvent): string | null {
  const values = [...words.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => valueOf(name, event));
  if (values.includes(null)) return null;
  return words.replace(/\{([^}]+)\}/g, (_, name: string) => valueOf(name, event) ?? '');
}

function valueOf(name: string, { actor, cause, clientName, facts }: StoryEvent): string | null {
  if (name === 'actor') return actorOf(actor);
  if (name === 'cause') return cause;
  if (name === 'client') return clientName;
  const fact = facts[name];
  if (Array.isArray(fact)) return fact.length === 0 ? null : fact.join(', ');
  // The kind of a mail is stored as one word.
  if (name === 'mail' && typeof fact === 'string') return plain(fact);
  return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : null;
}

function actorOf(actor: string): string {
  if (actor === 'daymark') return 'Daymark';
  return actor.startsWith('token:') ? `token “${actor.slice('token:'.length)}”` : actor;
}
