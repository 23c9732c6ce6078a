import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Response } from 'express';
import { newId } from '../../../../database/new-id.ts';
import { Backend } from '../backend.ts';
import { Problem } from './problem.ts';

/** The one place where an error becomes what the caller reads: problem details with a stable code. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly backend: Backend) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.problemOf(error);
    if (response.headersSent) {
      response.end();
      return;
    }
    if (problem.status === 503) response.setHeader('Retry-After', '5');
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response.status(problem.status).type('application/problem+json');
    response.end(JSON.stringify(bodyOf(problem)));
  }

  private problemOf(error: unknown): Problem {
    const known = problemFrom(error);
    if (known !== null) return known;
    const logId = newId();
    this.backend.log.error({ logId, error: describe(error) }, 'A request failed by a bug');
    return new Problem(500, 'INTERNAL', `Something broke here; name ${logId} when you report it`);
  }
}

/** The body of a problem as it is sent, and as it is kept for a repeat. */
export function bodyOf(problem: Problem): Readonly<Record<string, unknown>> {
  return {
    type: 'about:blank',
    title: titles[problem.status] ?? 'Refused',
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    ...problem.more,
  };
}

/** What an error means to the caller; null = a bug of ours. */
export function problemFrom(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (isUnreachable(error)) {
    return new Problem(503, 'DATABASE_AWAY', 'The database cannot be reached; try again shortly');
  }
  if (codeOf(error) === '55P03') {
    return new Problem(503, 'BUSY', 'Somebody else is deciding about the same thing; try again');
  }
  if (error instanceof HttpException) return fromFramework(error);
  return fromBodyReader(error);
}

const titles: Readonly<Record<number, string>> = {
  400: 'Not valid',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Refused as things stand',
  413: 'Too large',
  415: 'Wrong kind of content',
  422: 'Refused',
  429: 'Too often',
  500: 'Our fault',
  503: 'Not available',
};

function fromFramework(error: HttpException): Problem {
  const status = error.getStatus();
  if (status === 404) return new Problem(404, 'NOT_FOUND', 'There is nothing at this address');
  if (status === 400 && isSyntax(error)) return malformed();
  if (status === 413) return tooLarge();
  if (status === 415) return new Problem(415, 'UNSUPPORTED_ENCODING', 'Send JSON in UTF-8');
  return new Problem(status, 'REFUSED', error.message);
}

/** Express reads bodies before any route is chosen and throws errors of its own. */
function fromBodyReader(error: unknown): Problem | null {
  if (!(error instanceof Error) || !('type' in error)) return null;
  switch (error.type) {
    case 'entity.parse.failed':
      return malformed();
    case 'entity.too.large':
      return tooLarge();
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new Problem(415, 'UNSUPPORTED_ENCODING', 'Send JSON in UTF-8');
    case 'request.aborted':
    case 'request.size.invalid':
      return new Problem(400, 'INCOMPLETE', 'The request ended before its body did');
    default:
      return null;
  }
}

function tooLarge(): Problem {
  return new Problem(413, 'TOO_LARGE', 'The request is larger than this route takes');
}

function malformed(): Problem {
  return new Problem(400, 'MALFORMED_JSON', 'The body is no JSON; check commas, quotes and braces');
}

function isSyntax(error: HttpException): boolean {
  return error.cause instanceof SyntaxError || error.message.includes('JSON');
}

const awayCodes: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '53300',
];

function isUnreachable(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== null && awayCodes.includes(code)) return true;
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|pool after calling end/.test(
      error.message,
    )
  );
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Name, message and place; never what was sent. */
function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { thrown: typeof error };
  return { name: error.name, message: error.message, stack: error.stack };
}
