import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { type Observable, tap } from 'rxjs';
import { namesTag } from './entity-tag.ts';
import { PreconditionFailedError } from '../../errors/domain-errors.ts';

const tagBytes = 16;

/** What of a resource its tag stands for: what an admin can change, or decides by. */
type StateOf = (resource: Record<string, unknown>) => unknown;

const whole: StateOf = (resource) => resource;

/**
 * The state that a write wants to find: its `If-Match` (RFC 9110 §13.1.1). To be checked in the transaction that writes,
 * with the row locked, so that of two at once one is refused.
 */
export class Precondition {
  /** Whatever it finds, as of a write without `If-Match`. */
  static readonly none = new Precondition(undefined);

  constructor(private readonly ifMatch: string | undefined) {}

  get isGiven(): boolean {
    return this.ifMatch !== undefined;
  }

  /**
   * @param state what {@link AnswersWithTag} makes the tag of
   * @throws PreconditionFailedError when the resource is in another state than the header names
   */
  check(state: unknown): void {
    if (this.ifMatch === undefined || namesTag(this.ifMatch, entityTagOf(state))) return;
    throw new PreconditionFailedError();
  }
}

/** The tag of a state (RFC 9110 §8.8.3): the same for two that are the same as JSON, in whichever order their keys stand. */
export function entityTagOf(state: unknown): string {
  const text = JSON.stringify(inOrder(JSON.parse(JSON.stringify(state))));
  return `"${createHash('sha256').update(text).digest().subarray(0, tagBytes).toString('base64url')}"`;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([key, inner]) => [key, inOrder(inner)]);
}

/**
 * A route that answers with a resource: the answer carries its `ETag`.
 *
 * @param stateOf what of the answer the tag stands for; default: all of it
 */
export function AnswersWithTag(stateOf: StateOf = whole): MethodDecorator {
  return applyDecorators(UseInterceptors(new TagInterceptor(stateOf)));
}

/**
 * The same for an answer that tells more than its tag stands for: the tag is weak, and an `If-None-Match` is not looked at,
 * since the rest may have changed.
 *
 * @param stateOf what of the answer the tag stands for
 */
export function AnswersWithWeakTag(stateOf: StateOf): MethodDecorator {
  return applyDecorators(UseInterceptors(new TagInterceptor(stateOf, true)));
}

/** A route that writes a resource only in the state that an `If-Match` names, and answers 412 in any other. */
export function ChecksIfMatch(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The `ETag` of what is to be changed: somebody else’s change since then is a 412.',
      schema: { type: 'string' },
    }),
    ApiResponse({ status: 412, description: '`precondition-failed`: it was changed meanwhile.' }),
  );
}

/** The {@link Precondition} of a request. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): Precondition => {
  return new Precondition(context.switchToHttp().getRequest<Request>().headers['if-match']);
});

class TagInterceptor implements NestInterceptor {
  constructor(
    private readonly stateOf: StateOf,
    private readonly weak = false,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const response = http.getResponse<Response>();
    if (this.weak) delete http.getRequest<Request>().headers['if-none-match'];
    return next.handle().pipe(
      tap((body: unknown) => {
        const tag = entityTagOf(this.stateOf(body as Record<string, unknown>));
        response.setHeader('ETag', this.weak ? `W/${tag}` : tag);
      }),
    );
  }
}
