import { z } from 'zod';
import {
  readSettings,
  SettingsProblem,
} from '../../../integrations/environment/read-environment.ts';
import {
  addressSetting,
  durationSetting,
  durationsSetting,
  portSetting,
  secretSetting,
} from '../../../integrations/environment/setting-forms.ts';

const schema = z.object({
  DATABASE_URL: z.string(),
  DAYMARK_SECRET: secretSetting,
  DAYMARK_PORT: portSetting.default(4000),
  DAYMARK_MAIL_LEASE: durationSetting.prefault('PT90S'),
  DAYMARK_MAIL_LOOK_UPS: durationsSetting.prefault('PT15S,PT60S'),
  DAYMARK_BASE_URL: addressSetting.optional(),
});
const complete = { DATABASE_URL: 'postgres://somewhere', DAYMARK_SECRET: 's'.repeat(32) };

it('fills in what has a usual value', () => {
  const read = readSettings(schema, { ...complete, HOME: '/root', DAYMARK_PORT: '' });

  expect(read).toEqual({
    ...complete,
    DAYMARK_PORT: 4000,
    DAYMARK_MAIL_LEASE: 90_000,
    DAYMARK_MAIL_LOOK_UPS: [15_000, 60_000],
  });
});

it('reads what is given', () => {
  const read = readSettings(schema, {
    ...complete,
    DAYMARK_PORT: '80',
    DAYMARK_MAIL_LOOK_UPS: 'PT1S, PT2M',
    DAYMARK_BASE_URL: 'https://daymark.example/',
  });

  expect(read.DAYMARK_PORT).toBe(80);
  expect(read.DAYMARK_MAIL_LOOK_UPS).toEqual([1_000, 120_000]);
  expect(read.DAYMARK_BASE_URL).toBe('https://daymark.example');
});

it('names every variable that is missing, wrong or unknown, and no value', () => {
  const read = () =>
    readSettings(schema, {
      DAYMARK_SECRET: 'tell-nobody',
      DAYMARK_PORT: 'tell-nobody',
      DAYMARK_MAIL_LEASE: 'tell-nobody',
      DAYMARK_BASE_URL: 'ftp://tell-nobody',
      DAYMARK_PROT: 'tell-nobody',
    });

  expect(read).toThrow(
    new SettingsProblem(
      [
        'DATABASE_URL: is missing',
        'DAYMARK_SECRET: write at least 32 characters',
        'DAYMARK_PORT: write a port',
        'DAYMARK_MAIL_LEASE: write a duration, such as PT45M',
        'DAYMARK_BASE_URL: write an http or https address',
        'DAYMARK_PROT: there is no such setting',
      ].join('\n'),
    ),
  );
});

it('refuses to start when calls would go through a proxy unchecked', () => {
  const read = () => readSettings(schema, { ...complete, NODE_USE_ENV_PROXY: '1' });

  expect(read).toThrow('NODE_USE_ENV_PROXY is set');
});
