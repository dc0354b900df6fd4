import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Language } from '../../errors/sentence.ts';
import { languageOf } from '../request/language.ts';

const languageOfRequest = createParamDecorator((_data: unknown, context: ExecutionContext): Language =>
  languageOf(context.switchToHttp().getRequest<Request>()),
);

const describeHeader = ApiHeader({
  name: 'accept-language',
  required: false,
  description: 'The language of the texts in the answer: English or German. Default: English.',
  schema: { type: 'string' },
});

/** A parameter that holds the language to answer in; see `languageOf`. The OpenAPI document names the header. */
export function AskerLanguage(): ParameterDecorator {
  return (target, method, index) => {
    languageOfRequest()(target, method, index);
    const descriptor = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
    if (method !== undefined && descriptor !== undefined) describeHeader(target, method, descriptor);
  };
}
