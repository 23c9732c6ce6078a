import { expect, it } from '@jest/globals';
import { readApiConfig } from '../../../apps/api/src/config.ts';

const complete = {
  DATABASE_URL: 'postgres://daymark:secret@127.0.0.1:4432/daymark',
  TEMPORAL_ADDRESS: '127.0.0.1:4233',
  DAYMARK_BASE_URL: 'https://daymark.example',
  DAYMARK_SECRET: 's'.repeat(32),
  DAYMARK_MAIL_FROM: 'Daymark <daymark@vendor.example>',
};

it.each([
  ['https://daymark.example/', 'https://daymark.example'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['http://localhost:4000/', 'http://localhost:4000'],
  ['http://[::1]:4000', 'http://[::1]:4000'],
])('takes %s as the address people reach it under', (given, read) => {
  const { settings } = readApiConfig({ ...complete, DAYMARK_BASE_URL: given });

  expect(settings.baseUrl).toBe(read);
});

it.each([
  ['DAYMARK_BASE_URL', 'http://daymark.example', 'write an https address'],
  ['DAYMARK_BASE_URL', 'http://10.0.0.7:4000', 'write an https address'],
  ['DAYMARK_BASE_URL', 'http://127.0.0.1.evil.example', 'write an https address'],
  ['DAYMARK_BASE_URL', 'http://localhost.evil.example', 'write an https address'],
  ['NODE_USE_ENV_PROXY', '1', 'calls would leave through a proxy unchecked'],
  ['DAYMARK_SECRET', 'too short', 'write at least 32 characters'],
  ['DAYMARK_ALLOW_PRIVATE', 'lettuce', '"lettuce" is no allow-list entry'],
])('refuses %s=%s', (name, value, told) => {
  const read = () => readApiConfig({ ...complete, [name]: value });

  expect(read).toThrow(told);
});
