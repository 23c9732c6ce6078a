import { judgeSignature, sign } from '../../../../apps/sandbox/deployer/signature.ts';

const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const otherSecret = 'whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=';
const body = Buffer.from('{"a":1}');
const webhook = { id: 'op_01J9ZK', timestamp: '1796000000', body };
const nowMs = 1_796_000_000_000;

function judge(changes: Partial<Record<'id' | 'timestamp' | 'signature', string | undefined>>) {
  const headers = {
    id: webhook.id,
    timestamp: webhook.timestamp,
    signature: sign(webhook, secret),
  };
  return judgeSignature({ headers: { ...headers, ...changes }, body }, [secret], nowMs).kind;
}

it('signs as the published vector says', () => {
  expect(sign(webhook, secret)).toBe('v1,kZs5y/RNa3Q91jiLLxf65cQIHfa9h2wDlenYblvYMOU=');
});

it.each([
  ['its own signature', {}, 'valid'],
  ['any match among several', { signature: `v1,AAAA ${sign(webhook, secret)}` }, 'valid'],
  ['another secret', { signature: sign(webhook, otherSecret) }, 'refused'],
  ['another id', { id: 'op_2' }, 'refused'],
  ['a missing id', { id: undefined }, 'refused'],
  ['a missing signature', { signature: undefined }, 'refused'],
  ['a time that is no time', { timestamp: 'yesterday' }, 'refused'],
])('judges %s', (_, changes, verdict) => {
  expect(judge(changes)).toBe(verdict);
});

it.each([
  [-301, 'refused'],
  [-299, 'valid'],
  [299, 'valid'],
  [301, 'refused'],
])('judges a clock that is %i s apart', (seconds, verdict) => {
  const headers = {
    id: webhook.id,
    timestamp: webhook.timestamp,
    signature: sign(webhook, secret),
  };

  const judged = judgeSignature({ headers, body }, [secret], nowMs + seconds * 1000);

  expect(judged.kind).toBe(verdict);
});

it('accepts an old and a new secret while they are changed', () => {
  const headers = {
    id: webhook.id,
    timestamp: webhook.timestamp,
    signature: sign(webhook, secret),
  };

  expect(judgeSignature({ headers, body }, [otherSecret, secret], nowMs).kind).toBe('valid');
});

it('covers the raw body', () => {
  const headers = {
    id: webhook.id,
    timestamp: webhook.timestamp,
    signature: sign(webhook, secret),
  };

  const judged = judgeSignature({ headers, body: Buffer.from('{"a": 1}') }, [secret], nowMs);

  expect(judged.kind).toBe('refused');
});
