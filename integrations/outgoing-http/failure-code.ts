/**
 * The code of a failure below HTTP, wherever the layers above have put it: `ECONNREFUSED`,
 * `UND_ERR_SOCKET`, `TimeoutError`; otherwise the error's name.
 */
export function failureCode(error: unknown): string {
  for (let each = error, depth = 0; isError(each) && depth < 5; each = each.cause, depth++) {
    const code: unknown = 'code' in each ? each.code : undefined;
    // A DOMException has a number here that means nothing to us.
    if (typeof code === 'string' && code !== '') return code;
    if (each.name === 'TimeoutError' || each.name === 'AbortError') return each.name;
  }
  return isError(error) ? error.name : 'UNKNOWN_FAILURE';
}

/** Errors of the runtime itself may come from another realm, where `instanceof` does not know them. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}
