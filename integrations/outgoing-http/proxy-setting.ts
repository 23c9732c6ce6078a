/**
 * Why the environment may not be started with, null when it may: with this setting Node sends calls
 * through a proxy, past every address rule.
 */
export function problemOfProxySetting(
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const value = environment['NODE_USE_ENV_PROXY'];
  if (value === undefined || value === '' || value === '0') return null;
  return 'NODE_USE_ENV_PROXY is set: calls would leave through a proxy unchecked. Unset it and start again';
}
