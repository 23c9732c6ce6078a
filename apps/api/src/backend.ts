import type { CalendarShelf } from '../../../database/calendar-shelf.ts';
import type { Database } from '../../../database/in-transaction.ts';
import type { MessageDesk } from '../../../activities/messages/message-desk.ts';
import type { LinkKeys } from '../../../activities/consent/approval-link.ts';
import type { DeskSettings } from '../../../activities/messages/desk-dependencies.ts';
import type { DeployerRegistry } from '../../../activities/deployment/deployer-registry.ts';
import type { SiteProbe } from '../../../integrations/sites/probe.ts';
import type { Renderer } from '../../../templates/render.ts';
import type { EventFeed } from './events/event-feed.ts';
import type { OpenStreams } from './events/open-streams.ts';

/** What the API knows of its configuration beyond what its parts were made with. */
export interface ApiSettings {
  /** The address people reach Daymark under; never taken from a request. */
  readonly baseUrl: string;
  /** The folder of the built staff screens; null = none are served. */
  readonly webDirectory: string | null;
  /** The password the mail server reports deliveries with; null = reports are refused. */
  readonly webhookSecret: string | null;
  readonly mailStream: string;
  readonly demo: { readonly inboxUrl: string; readonly note: string } | null;
  readonly temporalAddress: string;
  /** Every setting that is set, secrets masked. */
  readonly described: readonly {
    readonly name: string;
    readonly meaning: string;
    readonly value: string | null;
  }[];
}

/** Constant messages with data beside them; no addresses, no bodies, no secrets. */
export interface Log {
  readonly info: (data: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (data: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (data: Readonly<Record<string, unknown>>, message: string) => void;
}

/** What the API's services work with; made once per process. */
export abstract class Backend {
  abstract readonly database: Database;
  abstract readonly shelf: CalendarShelf;
  abstract readonly desk: MessageDesk;
  abstract readonly deskSettings: DeskSettings;
  abstract readonly deployers: DeployerRegistry;
  abstract readonly probe: SiteProbe;
  abstract readonly renderer: Renderer;
  abstract readonly linkKeys: LinkKeys;
  /** Signs the cookies and forms of client pages. */
  abstract readonly pageKey: Buffer;
  abstract readonly settings: ApiSettings;
  abstract readonly log: Log;
  abstract readonly feed: EventFeed;
  abstract readonly streams: OpenStreams;
  /** Null = Temporal answers; otherwise why not. */
  abstract readonly problemOfTemporal: () => Promise<string | null>;
  /** False once shutdown began: not ready any more, no new stream. */
  abstract readonly isOpen: () => boolean;
}
