import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { BadInputError, type InputFault } from './domain-errors.ts';

/**
 * Turns a request body (or query) into an instance of its class, checked by the class's class-validator decorators.
 *
 * @param Dto the class; its properties must be decorated, unknown ones are refused
 * @param body the parsed JSON, of any shape
 * @throws BadInputError naming every fault with its dotted path
 */
export function parseBody<T extends object>(Dto: new () => T, body: unknown): T {
  if (body === null || body === undefined || typeof body !== 'object' || Array.isArray(body)) {
    throw new BadInputError([{ path: '', message: 'The body must be a JSON object.' }]);
  }
  const dto = plainToInstance(Dto, body, { exposeDefaultValues: true });
  const faults = validateSync(dto, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  }).flatMap((error) => faultsOf(error, ''));
  if (faults.length > 0) throw new BadInputError(faults);
  return dto;
}

function faultsOf(error: ValidationError, parent: string): InputFault[] {
  const path = joinPath(parent, error.property);
  const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, path))];
}

function joinPath(parent: string, property: string): string {
  if (/^\d+$/.test(property)) return `${parent}[${property}]`;
  return parent === '' ? property : `${parent}.${property}`;
}
