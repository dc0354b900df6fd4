import { type ArgumentMetadata, Body, type PipeTransform, Query, type Type } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { parseBody } from '../validation/validation.ts';

/**
 * A parameter that holds the request body, checked against the class that the parameter is declared with.
 * The OpenAPI document describes the body by the same class.
 *
 * Nest checks the parameters of a handler from the last to the first, and answers with the first fault.
 *
 * @param options `optional`: a request without a body counts as `{}`
 * @throws BadInputError as `parseBody` does
 */
export function ValidBody({ optional = false }: { optional?: boolean } = {}): ParameterDecorator {
  return (target, method, index) => {
    Body(optional ? optionalByType : byType)(target, method, index);
    if (optional) describeOptionalBody(target, method, index);
  };
}

/**
 * A parameter that holds the query string, checked against the class that the parameter is declared with.
 *
 * @throws BadInputError as `parseBody` does
 */
export function ValidQuery(): ParameterDecorator {
  return Query(byType);
}

/** Nest passes the class of the parameter, which TypeScript emits as decorator metadata. */
const byType: PipeTransform = {
  transform: (value: unknown, { metatype }: ArgumentMetadata): object => {
    if (metatype === undefined || metatype === Object) {
      throw new TypeError('A checked parameter must be declared with a class that is imported as a value');
    }
    return parseBody(metatype as Type<object>, value);
  },
};

const optionalByType: PipeTransform = {
  transform: (value: unknown, metadata: ArgumentMetadata): unknown => byType.transform(value ?? {}, metadata),
};

/** Left to itself, the OpenAPI document would call the body required. */
function describeOptionalBody(target: object, method: string | symbol | undefined, index: number): void {
  if (method === undefined) return;
  const types = Reflect.getMetadata('design:paramtypes', target, method) as Type[] | undefined;
  const descriptor = Object.getOwnPropertyDescriptor(target, method);
  const type = types?.[index];
  if (type !== undefined && descriptor !== undefined) {
    ApiBody({ type, required: false })(target, method, descriptor);
  }
}
