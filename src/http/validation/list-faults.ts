import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { codedFault, type InputFault, saidOfPlace } from '../../errors/domain-errors.ts';
import { faultSentence } from '../../errors/fault-sentences.ts';
import { joinPath } from './fault-path.ts';

/**
 * Lists where a class has an object: class-validator looks at what is in them, and says nothing of an empty one.
 *
 * @param dto an instance that class-validator has found right
 */
export function listFaults(dto: object, parent = ''): InputFault[] {
  const nested = getMetadataStorage()
    .getTargetValidationMetadatas(dto.constructor, '', false, false)
    .filter(({ type }) => type === ValidationTypes.NESTED_VALIDATION);
  return nested.flatMap(({ propertyName, each }) => {
    const value = (dto as Record<string, unknown>)[propertyName];
    const path = joinPath(parent, propertyName);
    if (!each) return faultsAt(value, path);
    const items: unknown[] = Array.isArray(value) ? value : [];
    return items.flatMap((item, at) => faultsAt(item, `${path}[${at}]`));
  });
}

function faultsAt(value: unknown, path: string): InputFault[] {
  if (Array.isArray(value)) {
    const sentence = faultSentence('not-an-object');
    const message = sentence ? saidOfPlace({ path }, sentence, 'en') : `${path} must be an object`;
    return [codedFault(path, 'not-an-object', message)];
  }
  return typeof value === 'object' && value !== null ? listFaults(value, path) : [];
}
