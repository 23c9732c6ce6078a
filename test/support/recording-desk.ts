import type { MessageDesk } from '../../activities/messages/message-desk.ts';

/** One call of the desk: which message was asked for, and about what. */
export interface DeskCall {
  readonly verb: keyof MessageDesk;
  readonly about: unknown;
}

/** A desk that writes nothing and remembers what it was asked for. */
export interface RecordingDesk extends MessageDesk {
  readonly calls: DeskCall[];
}

/** A fresh recording desk. */
export function recordingDesk(): RecordingDesk {
  const calls: DeskCall[] = [];
  const record = (verb: keyof MessageDesk, about: unknown): Promise<void> => {
    calls.push({ verb, about });
    return Promise.resolve();
  };
  return {
    calls,
    ask: (_tx, about) => record('ask', about),
    announce: async (_tx, about) => {
      await record('announce', about);
      return 1;
    },
    moveDate: (_tx, about) => record('moveDate', about),
    recordAnswer: (_tx, about) => record('recordAnswer', about),
    complete: (_tx, about) => record('complete', about),
    withdraw: (_tx, about) => record('withdraw', about),
    goLive: () => record('goLive', null),
  };
}
