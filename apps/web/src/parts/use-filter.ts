import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** One filter kept in the address, so that a link shows a colleague the same screen. */
export function useFilter(name: string): readonly [string | null, (value: string | null) => void] {
  const [params, setFilters] = useFilters();
  const set = useCallback(
    (value: string | null) => {
      setFilters({ [name]: value });
    },
    [name, setFilters],
  );
  return [params.get(name), set];
}

type SetFilters = (changes: Readonly<Record<string, string | null>>) => void;

/** Several filters that change together: two changes in a row would lose the first. */
export function useFilters(): readonly [URLSearchParams, SetFilters] {
  const [params, setParams] = useSearchParams();
  const set: SetFilters = useCallback(
    (changes) => {
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  return [params, set];
}
