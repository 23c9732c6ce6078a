import { configure } from '@testing-library/react';
import { TextDecoder, TextEncoder } from 'node:util';

/** What a screen needs of a browser beyond jsdom, and a server that gives prepared answers. */
export interface PreparedAnswer {
  readonly status?: number;
  readonly body: unknown;
}

type Answers = Readonly<Record<string, PreparedAnswer>>;

/** Call it before any screen is imported: the API client takes hold of `fetch` when it loads. */
export function openPage(answers: Answers): { readonly asked: string[] } {
  const asked: string[] = [];
  Object.assign(globalThis, {
    TextDecoder,
    TextEncoder,
    Request: FakeRequest,
    fetch: (request: FakeRequest) => {
      const path = request.url.replace(globalThis.location.origin, '');
      asked.push(`${request.method} ${path}`);
      const answer = answers[path];
      return answer === undefined
        ? new Promise(() => undefined)
        : Promise.resolve(responseOf(answer));
    },
    ResizeObserver: FakeObserver,
    matchMedia: () => ({
      matches: false,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }),
  });
  // A text that grows with its content measures itself again when a font has come.
  Object.assign(document, { fonts: new EventTarget() });
  // jsdom has no layout to scroll.
  Element.prototype.scrollIntoView = () => undefined;
  // A busy machine may take longer than the second that is usual.
  configure({ asyncUtilTimeout: 20_000 });
  return { asked };
}

class FakeRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;

  constructor(url: string, init: { method?: string; headers?: Headers }) {
    this.url = url;
    this.method = init.method ?? 'GET';
    this.headers = init.headers ?? new Headers();
  }
}

class FakeObserver {
  observe(): void {
    // jsdom has no layout to observe.
  }

  unobserve(): void {
    // jsdom has no layout to observe.
  }

  disconnect(): void {
    // jsdom has no layout to observe.
  }
}

function responseOf({ status = 200, body }: PreparedAnswer): unknown {
  const text = JSON.stringify(body);
  return {
    ok: status < 400,
    status,
    headers: new Headers({ 'content-type': 'application/json' }),
    json: () => Promise.resolve(body),
    text: () => Promise.resolve(text),
  };
}
