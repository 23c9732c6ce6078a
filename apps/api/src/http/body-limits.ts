import type { NextFunction, Request, Response } from 'express';
import { invalidRequest, type Problem } from './problem.ts';

/** Deeper than anything we read; what recurses over a document must come to an end. */
const deepest = 64;

/** Refuses bodies that no route could keep, before any looks at them. */
export function refuseUnkeepable(request: Request, _response: Response, next: NextFunction): void {
  next(problemOfBody(request.body) ?? undefined);
}

/** Why a value as JSON or YAML brought it cannot be kept; null when it can. */
export function whyUnkeepable(value: unknown): string | null {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (typeof each.value === 'string' && !canBeKept(each.value)) return badCharacter;
    if (typeof each.value !== 'object' || each.value === null) continue;
    if (each.depth === deepest) return `is nested deeper than ${deepest} levels`;
    for (const [key, inner] of Object.entries(each.value)) {
      if (!canBeKept(key)) return badCharacter;
      open.push({ value: inner, depth: each.depth + 1 });
    }
  }
  return null;
}

const badCharacter = 'holds a character that no text may have: NUL, or half of a pair';

function problemOfBody(body: unknown): Problem | null {
  const why = whyUnkeepable(body);
  return why === null ? null : invalidRequest([{ path: '', message: `it ${why}` }]);
}

/** Postgres keeps neither NUL nor half of a surrogate pair. */
function canBeKept(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
