import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';

/** The key under which is kept whether a route takes an `Idempotency-Key`. */
export const idempotencyKey = 'daymark:idempotency';

/** `optional`, or asked of programs, which repeat what got no answer. */
export type IdempotencyNeed = 'optional' | 'required-of-tokens';

/** Says that a repeated request with the same `Idempotency-Key` is answered again and not done again. */
export function Idempotent(need: IdempotencyNeed = 'optional'): MethodDecorator {
  return applyDecorators(
    SetMetadata(idempotencyKey, need),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        need === 'optional'
          ? 'A repeat with the same key is answered again, not done again.'
          : 'Required with a token. A repeat with the same key is answered again, not done again.',
    }),
  );
}
