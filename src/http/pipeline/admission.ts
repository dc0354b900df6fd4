import type { ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { NextFunction, RequestHandler } from 'express';
import { leaveBodyUnread } from '../bodies/unread-body.ts';
import type { KnownRequest } from '../request/request-state.ts';
import type { Door } from '../request/request-url.ts';

/** A guard that lets in or throws. */
interface DoorGuard {
  canActivate(context: ExecutionContext): boolean | Promise<boolean>;
}

/** The doors that ask for credentials, each with its guard. */
export type DoorGuards = Readonly<Record<Extract<Door, 'scim' | 'api' | 'operator'>, DoorGuard>>;

/** Routes of `/api` for everybody: signing in, and the documents of the contract. */
const openRoutes: readonly [method: RegExp, path: RegExp][] = [
  [/^POST$/, /^\/api\/session\/?$/i],
  [/^(?:GET|HEAD)$/, /^\/api\/(?:openapi(?:-scim)?\.json|docs(?:\/.*)?)\/?$/i],
];

/**
 * Has the guard of a door look at the credentials of a request before a byte of its body is read, whatever the route and
 * whether there is one. The guards of the routes find that it was done.
 *
 * @throws whatever the guard throws (by `next`)
 */
export function admission(guards: DoorGuards): RequestHandler {
  return (request: KnownRequest, response, next) => {
    const guard = guardOf(request, guards);
    if (guard === null) {
      next();
      return;
    }
    const refuse = (error: unknown): void => {
      leaveBodyUnread(request, response);
      next(error);
    };
    try {
      const admitted = guard.canActivate(new ExecutionContextHost([request, response]));
      if (admitted === true) next();
      else void goOn(Promise.resolve(admitted), next, refuse);
    } catch (error) {
      refuse(error);
    }
  };
}

/** Whether a route takes requests without credentials. */
export function isOpen(method: string, path: string): boolean {
  return openRoutes.some(([methods, paths]) => methods.test(method) && paths.test(path));
}

function guardOf(request: KnownRequest, guards: DoorGuards): DoorGuard | null {
  switch (request.door) {
    case 'scim':
      return guards.scim;
    case 'api':
      return isOpen(request.method, request.path) ? null : guards.api;
    case 'operator':
      return guards.operator;
    default:
      return null;
  }
}

async function goOn(
  admitted: Promise<boolean>,
  next: NextFunction,
  refuse: (error: unknown) => void,
): Promise<void> {
  try {
    await admitted;
  } catch (error) {
    refuse(error);
    return;
  }
  next();
}
