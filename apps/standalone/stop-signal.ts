const watchEveryMs = 500;

/** Aborted by Ctrl-C, by a request to terminate, and when whoever started us is gone. A second request changes nothing. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) stop();
  }, watchEveryMs);
  watch.unref();
  return stopping.signal;
}
