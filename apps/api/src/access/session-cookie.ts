const name = 'daymark_session';

/** The session a request brings; null for none. */
export function sessionIn(cookies: string | undefined): string | null {
  return cookieIn(cookies, name);
}

/** The value of one cookie; null when it is not there. */
export function cookieIn(cookies: string | undefined, wanted: string): string | null {
  for (const pair of (cookies ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === wanted) return pair.slice(at + 1).trim();
  }
  return null;
}

/** The header that gives a browser its session, or (null) takes it away. */
export function sessionCookie(
  token: string | null,
  options: { readonly baseUrl: string; readonly lifetimeMs: number },
): string {
  const secure = options.baseUrl.startsWith('https:') ? '; Secure' : '';
  const age = token === null ? 0 : Math.floor(options.lifetimeMs / 1_000);
  return `${name}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}
