/** A page as it was reached, with the cookies of the way there. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly cookies: ReadonlyMap<string, string>;
}

const longestWay = 5;
const timeLimitMs = 20_000;

/** Opens a link as a browser without scripts does. */
export function openPage(link: string): Promise<Page> {
  return follow({ url: link, method: 'GET', body: null }, new Map(), new URL(link).origin);
}

/** Sends a filled form from a page, with that page's cookies and origin. */
export function submitForm(page: Page, action: string, filled: URLSearchParams): Promise<Page> {
  const url = new URL(action === '' ? page.url : action, page.url);
  return follow(
    { url: url.href, method: 'POST', body: filled.toString() },
    page.cookies,
    new URL(page.url).origin,
  );
}

interface Step {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly body: string | null;
}

async function follow(
  first: Step,
  cookies: ReadonlyMap<string, string>,
  origin: string,
): Promise<Page> {
  let step = first;
  let jar = cookies;
  for (let hops = 0; hops <= longestWay; hops += 1) {
    if (new URL(step.url).origin !== origin) throw new Error('the page leads to another site');
    const response = await request(step, jar, origin);
    jar = withNewCookies(jar, response.headers.getSetCookie());
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) {
      return { url: step.url, status: response.status, html: await response.text(), cookies: jar };
    }
    await response.body?.cancel();
    step = { url: new URL(location, step.url).href, method: 'GET', body: null };
  }
  throw new Error(`the page redirects more than ${longestWay} times`);
}

function request(
  step: Step,
  cookies: ReadonlyMap<string, string>,
  origin: string,
): Promise<Response> {
  const headers = new Headers({ accept: 'text/html', 'user-agent': 'daymark-sandbox-contact' });
  if (cookies.size > 0) {
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
  }
  if (step.method === 'POST') {
    headers.set('content-type', 'application/x-www-form-urlencoded');
    headers.set('origin', origin);
    headers.set('sec-fetch-site', 'same-origin');
  }
  return fetch(step.url, {
    method: step.method,
    body: step.body,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeLimitMs),
  });
}

function withNewCookies(
  cookies: ReadonlyMap<string, string>,
  lines: readonly string[],
): ReadonlyMap<string, string> {
  const jar = new Map(cookies);
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const split = pair.indexOf('=');
    const name = pair.slice(0, split);
    const isDeleted = attributes.some((each) => /^max-age=(0|-\d+)$/i.test(each));
    if (isDeleted) jar.delete(name);
    else jar.set(name, pair.slice(split + 1));
  }
  return jar;
}
