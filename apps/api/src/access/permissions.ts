/** Who is asking: a person who signed in, or a program with a token. */
export interface Caller {
  /** As the story names it: the e-mail of a person, `token:` and its name for a program. */
  readonly actor: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: 'pm' | 'support' | 'admin' | 'ci';
  readonly mayControl: boolean;
  readonly way: 'session' | 'token';
}

/** What a route asks of its caller. */
export type Permission =
  /** See everything. */
  | 'read'
  /** See changes and builds. */
  | 'read-changes'
  /** Announce builds and say that QA passed. */
  | 'announce'
  /** Decide what is rolled out to whom and when. */
  | 'manage'
  /** Pause and resume. */
  | 'control'
  /** Keep single clients from starting, or let them start again. */
  | 'hold'
  /** Order another attempt. */
  | 'retry'
  /** Change who may do what, and the vendor's own rules. */
  | 'administer';

const byRole: Readonly<Record<Caller['role'], readonly Permission[]>> = {
  admin: ['read', 'read-changes', 'announce', 'manage', 'control', 'hold', 'retry', 'administer'],
  pm: ['read', 'read-changes', 'announce', 'manage', 'control', 'hold', 'retry'],
  support: ['read', 'read-changes', 'hold', 'retry'],
  ci: ['read-changes', 'announce'],
};

/** Whether this caller may do it. Support may pause and resume only with the permission `control`. */
export function isAllowed(caller: Caller, permission: Permission): boolean {
  if (permission === 'control' && caller.role === 'support') return caller.mayControl;
  return byRole[caller.role].includes(permission);
}
