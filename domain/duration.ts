/** A length of time as ISO 8601 text with days and smaller units, `PnDTnHnMnS` in whole numbers; a day is 24 hours. */
export type Duration = string & { readonly __brand: 'Duration' };

const form = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration of days and smaller units.
 * @throws RangeError naming the text when it has another form.
 */
export function durationMs(text: string): number {
  const match = form.exec(text);
  if (!match) throw new RangeError(`"${text}" is no duration; write P1D, PT45M or PT10S`);
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return (
    (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  );
}

/** Whether the text is a duration that `durationMs` reads. */
export function isDuration(text: string): text is Duration {
  return form.test(text);
}
