import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { postmarkDedupeKey } from '../../../../activities/messages/postmark-event.ts';
import { inTransaction } from '../../../../database/in-transaction.ts';
import { storeWebhook } from '../../../../database/stores/webhook-inbox.store.ts';
import { mailWorkflowId } from '../../../../workflows/contract/workflow-ids.ts';
import { BringsProof } from '../access/needs.ts';
import { Backend } from '../backend.ts';

/** Reports from outside: authenticated, kept as they came, answered, and only then processed. */
@ApiExcludeController()
@Controller('hooks')
export class WebhooksController {
  constructor(private readonly backend: Backend) {}

  /**
   * 200 only after it is on disk. Wrong credentials are 401 and never 403, which would end the sender's retries for
   * good; when we cannot keep it, 503 lets it come again.
   */
  @Post('postmark')
  @BringsProof()
  async takePostmark(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { webhookSecret, mailStream } = this.backend.settings;
    if (webhookSecret === null || !isAuthentic(request, webhookSecret)) {
      response.status(401).setHeader('WWW-Authenticate', 'Basic realm="hooks"').end();
      return;
    }
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      await inTransaction(this.backend.database, async (tx) => {
        const isNew = await storeWebhook(tx, {
          source: 'postmark',
          dedupeKey: postmarkDedupeKey(body),
          headers: harmless(request),
          body,
        });
        if (isNew) tx.wake(mailWorkflowId(mailStream));
      });
      response.status(200).end();
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      this.backend.log.warn({ error: name }, 'A webhook could not be kept and will come again');
      response.status(503).setHeader('Retry-After', '30').end();
    }
  }
}

/** Basic authentication as `postmark`; where the secret header is sent as well it must fit too. */
function isAuthentic({ headers }: Request, secret: string): boolean {
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const extra = headers['x-daymark-webhook-secret'];
  const isBasic = isSame(given, `postmark:${secret}`);
  return (extra === undefined || isSame(String(extra), secret)) && isBasic;
}

/** Compares hashes, so that neither content nor length shows in the time it takes. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

function harmless({ headers }: Request): Readonly<Record<string, string>> {
  const wanted = ['content-type', 'user-agent', 'x-pm-webhook-trace-id', 'x-pm-retries-remaining'];
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value.slice(0, 500)]] : [];
    }),
  );
}
