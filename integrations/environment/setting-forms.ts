import { z } from 'zod';
import { durationMs, isDuration } from '../../domain/duration.ts';

/** A length of time such as `PT45M`, read as milliseconds. */
export const durationSetting = z
  .string()
  .refine(isDuration, 'write a duration, such as PT45M')
  .transform(durationMs);

/** Several lengths of time, `PT15S,PT60S`, read as milliseconds. */
export const durationsSetting = z
  .string()
  .transform((text) => text.split(',').map((each) => each.trim()))
  .refine((texts) => texts.every(isDuration), 'write durations, such as PT15S,PT60S')
  .transform((texts) => texts.map(durationMs));

/** A TCP port. */
export const portSetting = z.coerce
  .number('write a port')
  .int('write a port')
  .min(0, 'write a port')
  .max(65_535, 'write a port');

/** The secret all keys are made from. */
export const secretSetting = z.string().min(32, 'write at least 32 characters');

/** An `http` or `https` address without a slash at its end. */
export const addressSetting = z
  .url({ protocol: /^https?$/, error: 'write an http or https address' })
  .transform((text) => text.replace(/\/+$/, ''));

/**
 * The address under which people reach Daymark. Browsers keep the cookies of client pages on https, and on plain http
 * of this very machine only.
 */
export const baseUrlSetting = addressSetting.refine((address) => {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname);
}, 'write an https address; plain http serves only loopback');
