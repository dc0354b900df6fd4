import { Body, type PipeTransform, type Type } from '@nestjs/common';
import { BadInputError, codedFault, type InputFault } from '../../errors/domain-errors.ts';
import { parseBody } from '../validation/validation.ts';

/**
 * A parameter that holds a request body which is a list, each item checked against a class.
 *
 * @param Item the class of the items
 * @param itemsMax how many there may be
 * @throws BadInputError naming every fault by its place: `[2].key`
 */
export function ValidList<T extends object>(Item: Type<T>, itemsMax: number): ParameterDecorator {
  const pipe: PipeTransform = { transform: (body: unknown) => readList(Item, body, itemsMax) };
  return Body(pipe);
}

function readList<T extends object>(Item: Type<T>, body: unknown, itemsMax: number): T[] {
  if (!Array.isArray(body)) {
    throw new BadInputError([codedFault('', 'not-a-list', 'The body must be a JSON list.')]);
  }
  if (body.length > itemsMax) {
    const message = `The list must have at most ${itemsMax} items.`;
    throw new BadInputError([codedFault('', 'too-many-values', message, { valuesMax: itemsMax })]);
  }
  const faults: InputFault[] = [];
  const items = body.flatMap((item: unknown, at) => {
    try {
      return [parseBody(Item, item)];
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      faults.push(...error.errors.map((fault) => ({ ...fault, path: below(at, fault.path) })));
      return [];
    }
  });
  if (faults.length > 0) throw new BadInputError(faults);
  return items;
}

function below(at: number, path: string): string {
  return path === '' ? `[${at}]` : `[${at}].${path}`;
}
