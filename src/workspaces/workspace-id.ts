import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { Request } from 'express';
import { readReference, type Reference } from '../http/endpoint/reference.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import type { Caller } from '../http/request/caller.ts';
import { callerOf } from '../operator-access/operator.guard.ts';
import { WorkspaceIds, type WorkspaceNames } from './workspace-ids.service.ts';

/** What a path says of a workspace, and who says it. */
interface NamedInPath {
  name: string;
  text: string;
  caller: Caller;
}

@Injectable()
class WorkspaceNamesPipe implements PipeTransform<NamedInPath, Promise<WorkspaceNames>> {
  constructor(private readonly ids: WorkspaceIds) {}

  transform({ name, text, caller }: NamedInPath): Promise<WorkspaceNames> {
    return this.ids.named(text, name, caller);
  }
}

@Injectable()
class WorkspaceIdPipe implements PipeTransform<NamedInPath, Promise<string>> {
  constructor(private readonly ids: WorkspaceIds) {}

  async transform({ name, text, caller }: NamedInPath): Promise<string> {
    return (await this.ids.named(text, name, caller)).id;
  }
}

/**
 * A parameter of a route of `/operator` that holds the id of the workspace in the path, which says our id or `ext:` and
 * the vendor's own: a workspace that exists, and that the caller reaches.
 *
 * @param name the name of the path parameter
 * @throws NotFoundError, BadInputError as `WorkspaceIds.named` does
 */
export function WorkspaceId(name = 'id'): ParameterDecorator {
  return described(name, inPath(name, WorkspaceIdPipe));
}

/** The same with both of its ids: {@link WorkspaceNames}. */
export function NamedWorkspace(name = 'id'): ParameterDecorator {
  return described(name, inPath(name, WorkspaceNamesPipe));
}

/** The same as it was said, for a route that makes the workspace when there is none: {@link Reference}. */
export function WorkspaceReference(name = 'id'): ParameterDecorator {
  return described(name, referenceInPath(name));
}

const inPath = createParamDecorator((name: string, context: ExecutionContext): NamedInPath => {
  return { name, text: textOf(name, context), caller: callerOf(context) };
});

const referenceInPath = createParamDecorator((name: string, context: ExecutionContext): Reference => {
  const reference = readReference(textOf(name, context), name);
  if (reference === null) throw new NotFoundError('workspace');
  return reference;
});

function textOf(name: string, context: ExecutionContext): string {
  const { [name]: text } = context.switchToHttp().getRequest<Request>().params;
  if (typeof text !== 'string') throw new Error(`The route has no parameter ${name}`);
  return text;
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
