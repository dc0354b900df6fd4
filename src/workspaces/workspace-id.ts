import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { Request } from 'express';
import { readReference, type Reference } from '../http/endpoint/reference.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import type { Caller } from '../http/request/caller.ts';
import type { KnownRequest } from '../http/request/request-state.ts';
import { callerOf } from '../operator-access/operator.guard.ts';
import { WorkspaceIds } from './workspace-ids.service.ts';

/** What a path says of a workspace, and who says it. */
interface NamedInPath {
  reference: Reference;
  request: KnownRequest;
  caller: Caller;
}

@Injectable()
class WorkspaceIdPipe implements PipeTransform<NamedInPath, Promise<string>> {
  constructor(private readonly ids: WorkspaceIds) {}

  async transform({ reference, request, caller }: NamedInPath): Promise<string> {
    const { id } = await this.ids.require(reference, caller);
    request.namedWorkspace = id;
    return id;
  }
}

/**
 * A parameter of a route of `/operator` that holds the id of the workspace in the path, which says our id or `ext:` and
 * the vendor's own: a workspace that exists, and that the caller reaches.
 *
 * @param name the name of the path parameter
 * @throws NotFoundError when there is none, or not for this caller
 * @throws BadInputError for `ext:` with something that cannot be an id
 */
export function WorkspaceId(name = 'id'): ParameterDecorator {
  return described(name, inPath(name, WorkspaceIdPipe));
}

/** The same as it was said, for a route that makes the workspace when there is none: {@link Reference}. */
export function WorkspaceReference(name = 'id'): ParameterDecorator {
  return described(name, referenceInPath(name));
}

const inPath = createParamDecorator((name: string, context: ExecutionContext): NamedInPath => {
  const request = context.switchToHttp().getRequest<KnownRequest>();
  return { reference: referenceOf(name, context), request, caller: callerOf(context) };
});

const referenceInPath = createParamDecorator(referenceOf);

/** Read before any parameter is checked, so that a path that names nothing is told before a bad body. */
function referenceOf(name: string, context: ExecutionContext): Reference {
  const { [name]: text } = context.switchToHttp().getRequest<Request>().params;
  if (typeof text !== 'string') throw new Error(`The route has no parameter ${name}`);
  const reference = readReference(text, name);
  if (reference === null) throw new NotFoundError('workspace');
  return reference;
}

/** Left to itself, the OpenAPI document would not know the parameter. */
function described(name: string, decorate: ParameterDecorator): ParameterDecorator {
  const describe = ApiParam({
    name,
    schema: { type: 'string' },
    description: 'The id of the workspace, or `ext:` and your own id for it, URL-encoded.',
  });
  return (target, method, index) => {
    decorate(target, method, index);
    const descriptor = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
    if (method !== undefined && descriptor !== undefined) describe(target, method, descriptor);
  };
}
