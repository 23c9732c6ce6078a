import { applyDecorators, HttpCode, SerializeOptions } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

type DeepReadonly<Value> = Value extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value;

/** What a route hands over for its schema. */
export type Answer<Schema extends z.ZodType> = DeepReadonly<z.input<Schema>>;

/** Says what a route answers: documented by the schema, and nothing outside the schema leaves. */
export function Answers(schema: z.ZodType, status = 200): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    ApiResponse({ status, standardSchema: schema, description: statusWords[status] ?? 'Done' }),
    SerializeOptions({ schema }),
  );
}

/** Says that a route answers nothing but that it was done. */
export function AnswersNothing(): MethodDecorator {
  return applyDecorators(HttpCode(204), ApiResponse({ status: 204, description: 'Done' }));
}

const statusWords: Readonly<Record<number, string>> = { 200: 'Done', 201: 'Created' };
