import type { paths } from '../generated/api.ts';
import { api, take } from './client.ts';
import type {
  Agreement,
  Approval,
  Attention,
  Cadence,
  Calendar,
  CalendarDetail,
  Change,
  Client,
  ClientRollout,
  ClientRow,
  ClientSummary,
  Deployer,
  Doctor,
  Me,
  Message,
  MessageDetail,
  MessageStatus,
  Plan,
  Policy,
  Rollout,
  RolloutSummary,
  Staff,
  StoryEntry,
  Timeline,
  Today,
  Token,
  Vendor,
} from './types.ts';

/** A question to the server with its place in the one cache. */
export interface Question<T> {
  readonly queryKey: readonly unknown[];
  readonly queryFn: () => Promise<T>;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export const sessionQuestion: Question<Me> = {
  queryKey: ['session'],
  queryFn: () => take(api.GET('/v1/session')),
};

export const todayQuestion: Question<Today> = {
  queryKey: ['today'],
  queryFn: () => take(api.GET('/v1/today')),
};

export const vendorQuestion: Question<Vendor> = {
  queryKey: ['vendor'],
  queryFn: () => take(api.GET('/v1/vendor')),
};

export const attentionQuestion: Question<readonly Attention[]> = {
  queryKey: ['attention'],
  queryFn: () => itemsOf(take(api.GET('/v1/attention'))),
};

export const approvalsQuestion: Question<readonly Approval[]> = {
  queryKey: ['approvals'],
  queryFn: () => itemsOf(take(api.GET('/v1/approvals', { params: { query: { state: 'open' } } }))),
};

export const rolloutsQuestion: Question<readonly RolloutSummary[]> = {
  queryKey: ['rollouts'],
  queryFn: () => itemsOf(take(api.GET('/v1/rollouts'))),
};

export const changesQuestion: Question<readonly Change[]> = {
  queryKey: ['changes'],
  queryFn: () => itemsOf(take(api.GET('/v1/changes'))),
};

export const policiesQuestion: Question<readonly Policy[]> = {
  queryKey: ['policies'],
  queryFn: () => itemsOf(take(api.GET('/v1/policies'))),
};

export const calendarsQuestion: Question<readonly Calendar[]> = {
  queryKey: ['calendars'],
  queryFn: () => itemsOf(take(api.GET('/v1/calendars'))),
};

export const cadencesQuestion: Question<readonly Cadence[]> = {
  queryKey: ['cadences'],
  queryFn: () => itemsOf(take(api.GET('/v1/cadences'))),
};

export const deployersQuestion: Question<readonly Deployer[]> = {
  queryKey: ['deployers'],
  queryFn: () => itemsOf(take(api.GET('/v1/deployers'))),
};

export const staffQuestion: Question<readonly Staff[]> = {
  queryKey: ['staff'],
  queryFn: () => itemsOf(take(api.GET('/v1/staff'))),
};

export const doctorQuestion: Question<Doctor> = {
  queryKey: ['doctor'],
  queryFn: () => take(api.GET('/v1/doctor')),
};

export const tokensQuestion: Question<readonly Token[]> = {
  queryKey: ['tokens'],
  queryFn: () => itemsOf(take(api.GET('/v1/tokens'))),
};

/** One rollout with its cohorts. */
export function rolloutQuestion(id: string): Question<Rollout> {
  return {
    queryKey: ['rollout', id],
    queryFn: () => take(api.GET('/v1/rollouts/{id}', { params: { path: { id } } })),
  };
}

/** All clients of a rollout: the table filters and scrolls through them on its own. */
export function rolloutClientsQuestion(id: string): Question<readonly ClientRow[]> {
  return {
    queryKey: ['rollout', id, 'clients'],
    queryFn: () =>
      itemsOf(take(api.GET('/v1/rollouts/{id}/clients', { params: { path: { id } } }))),
  };
}

/** One client of a rollout with everything that happened. */
export function rolloutClientQuestion(id: string, key: string): Question<ClientRollout> {
  return {
    queryKey: ['rollout', id, 'client', key],
    queryFn: () =>
      take(api.GET('/v1/rollouts/{id}/clients/{key}', { params: { path: { id, key } } })),
  };
}

/** The newest entries of a rollout's story. */
export function storyQuestion(id: string): Question<readonly StoryEntry[]> {
  return {
    queryKey: ['rollout', id, 'story'],
    queryFn: () =>
      itemsOf(
        take(
          api.GET('/v1/rollouts/{id}/story', { params: { path: { id }, query: { limit: 200 } } }),
        ),
      ),
  };
}

/** The mails of one rollout, newest first. */
export function rolloutMessagesQuestion(id: string): Question<Page<Message>> {
  return {
    queryKey: ['rollout', id, 'messages'],
    queryFn: () =>
      take(
        api.GET('/v1/rollouts/{id}/messages', { params: { path: { id }, query: { limit: 200 } } }),
      ),
  };
}

/** The outbox, by status and kind. */
export function messagesQuestion(filter: {
  readonly status?: MessageStatus;
  readonly kind?: string;
}): Question<Page<Message>> {
  return {
    queryKey: ['messages', filter],
    queryFn: () => take(api.GET('/v1/messages', { params: { query: { ...filter, limit: 200 } } })),
  };
}

/** One mail as it was sent, with everything that happened to it. */
export function messageQuestion(id: string): Question<MessageDetail> {
  return {
    queryKey: ['messages', 'one', id],
    queryFn: () => take(api.GET('/v1/messages/{id}', { params: { path: { id } } })),
  };
}

/** Clients of the vendor; the server searches. */
export function clientsQuestion(filter: {
  readonly search?: string;
  readonly tag?: string;
}): Question<Page<ClientSummary>> {
  return {
    queryKey: ['clients', filter],
    queryFn: () => take(api.GET('/v1/clients', { params: { query: { ...filter, limit: 200 } } })),
  };
}

/** One client with contacts, sites and history. */
export function clientQuestion(key: string): Question<Client> {
  return {
    queryKey: ['client', key],
    queryFn: () => take(api.GET('/v1/clients/{key}', { params: { path: { key } } })),
  };
}

/** Everything agreed with a client, what has ended included. */
export function agreementsQuestion(key: string): Question<readonly Agreement[]> {
  return {
    queryKey: ['client', key, 'agreements'],
    queryFn: () =>
      itemsOf(take(api.GET('/v1/clients/{key}/agreements', { params: { path: { key } } }))),
  };
}

/** One calendar with its file and revisions. */
export function calendarQuestion(name: string): Question<CalendarDetail> {
  return {
    queryKey: ['calendars', name],
    queryFn: () => take(api.GET('/v1/calendars/{name}', { params: { path: { name } } })),
  };
}

export type ExplainOrder =
  paths['/v1/calendars/explain']['post']['requestBody']['content']['application/json'];

/** The days of a calendar (stored, or as it is being edited) or of a client. */
export function timelineQuestion(order: ExplainOrder): Question<Timeline> {
  return {
    queryKey: ['calendars', 'timeline', order],
    queryFn: () => take(api.POST('/v1/calendars/explain', { body: order })),
  };
}

/** One change with its builds and how far it has come. */
export function changeQuestion(version: string): Question<Change> {
  return {
    queryKey: ['change', version],
    queryFn: () => take(api.GET('/v1/changes/{version}', { params: { path: { version } } })),
  };
}

/** A plan that was made; plans never change. */
export function planQuestion(id: string): Question<Plan> {
  return {
    queryKey: ['plan', id],
    queryFn: () => take(api.GET('/v1/plans/{id}', { params: { path: { id } } })),
  };
}

async function itemsOf<T>(list: Promise<{ readonly items: readonly T[] }>): Promise<readonly T[]> {
  return (await list).items;
}
