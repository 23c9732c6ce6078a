import { dayNames } from '../calendar/explain-time.ts';
import type { RequestTerms } from './answer-request.ts';

/** What a client asks for, as it goes on after "asks for". */
export function requestWords(terms: RequestTerms): string {
  switch (terms.kind) {
    case 'freeze':
      return `no production from ${momentText(terms.from)} to ${momentText(terms.to)}`;
    case 'preference':
      return `a ${dayNames[terms.weekday]} between ${terms.fromTime} and ${terms.toTime}`;
    case 'skip':
      return 'being left out of this rollout';
  }
}

/** `2026-12-20 00:00` */
function momentText(local: string): string {
  return local.slice(0, 16).replace('T', ' ');
}
