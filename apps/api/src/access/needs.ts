import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { Caller, Permission } from './permissions.ts';

/** The key under which a route's permission is kept. */
export const permissionKey = 'daymark:permission';

/** The request once the guard has found out who sent it. */
export interface KnownRequest extends Request {
  caller?: Caller;
}

/** Says what a route asks of its caller; a route without it is refused to everybody. */
export const Needs = (permission: Permission): MethodDecorator & ClassDecorator =>
  SetMetadata(permissionKey, permission);

/** Says that a route is for everybody, such as sign-in and health; what changes something must still be ours. */
export const OpenToAll = (): MethodDecorator & ClassDecorator =>
  SetMetadata(permissionKey, 'nothing');

/** Says that a route proves by itself who calls: a signed form, a webhook's password. */
export const BringsProof = (): MethodDecorator & ClassDecorator =>
  SetMetadata(permissionKey, 'own-proof');

/** The caller of a route that asks for a permission. */
export const TheCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<KnownRequest>();
  if (!caller) throw new Error('A route without a permission asked for its caller');
  return caller;
});
