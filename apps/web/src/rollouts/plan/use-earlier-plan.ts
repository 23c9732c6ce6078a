import { useQuery } from '@tanstack/react-query';
import { planQuestion } from '../../api/queries.ts';
import type { Plan } from '../../api/types.ts';

/** The plan that was shown before this one; null when there was none or it is still being read. */
export function useEarlierPlan(id: string | null): Plan | null {
  const earlier = useQuery({
    ...planQuestion(id ?? ''),
    staleTime: Infinity,
    enabled: id !== null,
  });
  return earlier.data ?? null;
}
