/** The answer to one question, ready for JSON: the fields of its kind, or `error`, and the question's `id`. */
export type CalendarAnswer = Readonly<Record<string, unknown>>;
