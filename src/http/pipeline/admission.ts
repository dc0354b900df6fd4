import type { ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { RequestHandler, Response } from 'express';
import { RateLimitedError } from '../../errors/rate-limited-error.ts';
import { UnauthenticatedError } from '../../errors/domain-errors.ts';
import { MovedError } from '../../errors/moved-error.ts';
import { leaveBodyUnread } from '../bodies/unread-body.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import type { KnownRequest } from '../request/request-state.ts';
import type { Door } from '../request/request-url.ts';

/** A guard that lets in or throws. */
interface DoorGuard {
  canActivate(context: ExecutionContext): boolean | Promise<boolean>;
}

/** The doors that ask for credentials, each with its guard. */
export type DoorGuards = Readonly<Record<Extract<Door, 'scim' | 'api' | 'operator' | 'metrics'>, DoorGuard>>;

type Route = readonly [method: RegExp, path: RegExp];

const signIn: Route = [/^POST$/, /^\/api\/session\/?$/i];

/** Routes of `/api` for everybody: signing in, and the documents of the contract. */
const openRoutes: readonly Route[] = [
  signIn,
  [/^(?:GET|HEAD)$/, /^\/api\/(?:openapi(?:-scim)?\.json|docs(?:\/.*)?)\/?$/i],
];

/**
 * Has the guard of a door look at the credentials of a request before a byte of its body is read, whatever the route and
 * whether there is one, and counts the request. The guards of the routes find that it was done.
 *
 * @throws whatever the guard throws, and RateLimitedError (by `next`)
 */
export function admission(guards: DoorGuards, limits: RequestLimits): RequestHandler {
  return (request: KnownRequest, response, next) => {
    const refuse = (error: unknown): void => {
      const answer = () => {
        leaveBodyUnread(request, response);
        next(error);
      };
      const waitMs = isRefusal(error) ? limits.refusalWaitMs(request) : 0;
      if (waitMs === 0) return answer();
      setTimeout(() => {
        limits.refusalAnswered();
        answer();
      }, waitMs);
    };
    const letIn = (): void => {
      try {
        count(request, response, limits);
      } catch (error) {
        refuse(error);
        return;
      }
      next();
    };
    const turnAway = (error: unknown): void => refuse(countRefused(request, response, error, limits));
    const guard = guardOf(request, guards);
    if (guard === null) {
      letIn();
      return;
    }
    try {
      const admitted = guard.canActivate(new ExecutionContextHost([request, response]));
      if (admitted === true) letIn();
      else void Promise.resolve(admitted).then(letIn, turnAway);
    } catch (error) {
      turnAway(error);
    }
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof UnauthenticatedError || error instanceof RateLimitedError;
}

/** Doors at which nobody who is let in is counted: probes of health, collectors of metrics, and what is read first. */
const uncountedDoors: ReadonlySet<Door | undefined> = new Set<Door>(['health', 'metrics', 'oauth']);

/** Counts a request that is let in. A sign-in is not refused before what it brings is read. */
function count(request: KnownRequest, response: Response, limits: RequestLimits): void {
  const { apiToken, session, caller, door } = request;
  if (apiToken !== undefined || session !== undefined || caller !== undefined) {
    limits.countGood(request, response);
  } else if (!(uncountedDoors.has(door) || isSignIn(request.method, request.path))) {
    limits.countOpen(request, response);
  }
}

/** @returns what to answer: why it was turned away, or that this was too often */
function countRefused(
  request: KnownRequest,
  response: Response,
  error: unknown,
  limits: RequestLimits,
): unknown {
  if (error instanceof UnauthenticatedError) return limits.countBad(request, response, error);
  const { apiToken, refusedToken, session, caller } = request;
  const isKnown = (apiToken ?? refusedToken ?? session ?? caller) !== undefined;
  // Its credentials are good, and count elsewhere.
  const hasMoved = error instanceof MovedError;
  if (!isKnown && !hasMoved) return error;
  try {
    if (isKnown) limits.countGood(request, response);
    else limits.countOpen(request, response);
  } catch (tooMany) {
    return tooMany;
  }
  return error;
}

/** Whether a route takes requests without credentials. */
export function isOpen(method: string, path: string): boolean {
  return openRoutes.some(([methods, paths]) => methods.test(method) && paths.test(path));
}

function isSignIn(method: string, path: string): boolean {
  const [methods, paths] = signIn;
  return methods.test(method) && paths.test(path);
}

function guardOf(request: KnownRequest, guards: DoorGuards): DoorGuard | null {
  switch (request.door) {
    case 'scim':
      return guards.scim;
    case 'api':
      return isOpen(request.method, request.path) ? null : guards.api;
    case 'operator':
      return guards.operator;
    case 'metrics':
      return guards.metrics;
    default:
      return null;
  }
}
