import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { readReference, type Reference } from '../../http/endpoint/reference.ts';

const parameterName = 'member';

const byReference: PipeTransform<string, Reference> = {
  transform: (text) => {
    const reference = readReference(text, parameterName);
    if (reference === null) throw new NotFoundError('member');
    return reference;
  },
};

/**
 * A parameter of a route that holds how the path names a member: by our id, or by `ext:` and the vendor's own.
 *
 * @throws NotFoundError for a text that is neither
 * @throws BadInputError for `ext:` with something that cannot be an id
 */
export function MemberReference(): ParameterDecorator {
  const describe = ApiParam({
    name: parameterName,
    schema: { type: 'string' },
    description: 'The id of the member, or `ext:` and your own id for them, URL-encoded.',
  });
  return (target, method, index) => {
    Param(parameterName, byReference)(target, method, index);
    const descriptor = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
    if (method !== undefined && descriptor !== undefined) describe(target, method, descriptor);
  };
}
