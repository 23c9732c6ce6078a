/** Which of the clients' people answer their mail, and how. */
export interface ContactsAtWork {
  readonly isOn: boolean;
  /** Addresses whose mail is left to somebody else. */
  readonly except: readonly string[];
  readonly decision: 'approve' | 'reject';
}

/**
 * Reads `off`, `all`, or `all-but:` and addresses separated by commas.
 * Null when the text says something else.
 */
export function readContactsAtWork(text: string): ContactsAtWork | null {
  if (text === 'off') return { isOn: false, except: [], decision: 'approve' };
  if (text === 'all') return { isOn: true, except: [], decision: 'approve' };
  if (!text.startsWith('all-but:')) return null;
  const except = text.slice('all-but:'.length).split(',');
  const areAddresses = except.every((each) => /^[^\s@]+@[^\s@]+$/.test(each));
  return areAddresses ? { isOn: true, except, decision: 'approve' } : null;
}
