import type { PlanClient, PlanInput, PlanWarning } from '../plan-input.ts';

/** After so many rounds without an answer a person should call instead. */
const silentRounds = 3;

/** What somebody should see to before this client's part begins. */
export function warningsFor(
  client: PlanClient,
  input: Pick<PlanInput, 'noteLocales'>,
): readonly PlanWarning[] {
  const { key, consent, locale } = client;
  const mustAnswer = consent !== 'inform';
  const checks: readonly (readonly [boolean, PlanWarning['warning']])[] = [
    [mustAnswer && client.reachableApprovers === 0, 'no reachable approver'],
    [client.reachableInformed === 0, 'nobody to inform'],
    [mustAnswer && client.silentTimes >= silentRounds, 'silent three times'],
    [lacksNotes(client, input), `no release notes in ${locale}`],
  ];
  return checks.flatMap(([holds, warning]) => (holds ? [{ key, warning }] : []));
}

/** The build has release notes, but none in the client's language. */
export function lacksNotes(
  { locale }: PlanClient,
  { noteLocales }: Pick<PlanInput, 'noteLocales'>,
): boolean {
  return noteLocales !== null && !noteLocales.includes(locale);
}
