import type { Response } from 'express';

const policy = [
  "default-src 'self'",
  "script-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Headers of every client page. The address with the secret in it is never sent on as a referrer; the page behind it
 * needs `same-origin`, for with less a browser would hide the origin of its own form.
 */
export function setPageHeaders(response: Response, holds: 'secret' | 'no-secret'): void {
  response.setHeader('Referrer-Policy', holds === 'secret' ? 'no-referrer' : 'same-origin');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Robots-Tag', 'noindex');
  response.setHeader('Content-Security-Policy', policy);
}
