import type { CalendarShelf } from '../../database/calendar-shelf.ts';
import type { Renderer } from '../../templates/render.ts';
import type { LinkKeys } from '../consent/approval-link.ts';

/** Who writes, and by which way it leaves. */
export interface DeskSettings {
  /** `Name <address>` */
  readonly from: string;
  /** Where answers go; null = to the sender. */
  readonly replyTo: string | null;
  readonly stream: string;
}

/** What writing messages needs. */
export interface DeskDependencies {
  readonly shelf: CalendarShelf;
  readonly renderer: Renderer;
  readonly linkKeys: LinkKeys;
  readonly deskSettings: DeskSettings;
}
