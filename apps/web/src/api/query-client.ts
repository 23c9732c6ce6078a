import { QueryCache, QueryClient } from '@tanstack/react-query';
import { reportOf } from './problem.ts';

/** The one cache of server data. A session that ended sends every screen to the sign-in page. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { queryKey: [root] }) => {
        if (reportOf(error).status !== 401 || root === 'session') return;
        void client.invalidateQueries({ queryKey: ['session'] });
      },
    }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: shouldRetry, refetchOnWindowFocus: true },
    },
  });
  return client;
}

/** A refusal stays one; a lost connection is worth a second and a third try. */
function shouldRetry(failures: number, error: Error): boolean {
  const { status } = reportOf(error);
  return failures < 2 && (status === 0 || status >= 500);
}
