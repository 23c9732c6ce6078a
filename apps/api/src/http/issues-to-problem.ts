import type { z } from 'zod';
import { invalidRequest, type Problem } from './problem.ts';

type Issue = Pick<z.core.$ZodIssue, 'message'> & {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly keys?: readonly string[];
};

/** What a schema objects to, as the caller reads it: one entry per place. */
export function issuesToProblem(issues: readonly Issue[]): Problem {
  return invalidRequest(
    issues.flatMap((issue) => {
      const path = (issue.path ?? []).map((part) =>
        String(typeof part === 'object' ? part.key : part),
      );
      const unknown = issue.keys?.map((key) => ({
        path: [...path, key].join('.'),
        message: 'there is no such field',
      }));
      return unknown ?? [{ path: path.join('.'), message: issue.message }];
    }),
  );
}
