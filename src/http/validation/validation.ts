import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { BadInputError, codedFault } from '../../errors/domain-errors.ts';
import { dtoFaults } from './dto-faults.ts';
import { listFaults } from './list-faults.ts';
import { unreadableFaults } from './unreadable-values.ts';

/** How deep a body may nest; the contract's deepest needs five levels. */
const bodyDepthMax = 32;

/**
 * Turns a request body (or query) into an instance of its class, checked by the class's class-validator decorators.
 *
 * @param Dto the class; its properties must be decorated, unknown ones are refused
 * @param body the parsed JSON, of any shape
 * @throws BadInputError naming every fault with its dotted path
 */
export function parseBody<T extends object>(Dto: new () => T, body: unknown): T {
  if (body === null || body === undefined || typeof body !== 'object' || Array.isArray(body)) {
    throw new BadInputError([codedFault('', 'not-an-object', 'The body must be a JSON object.')]);
  }
  if (isDeeperThan(bodyDepthMax, body)) {
    const levelsMax = bodyDepthMax;
    const message = `The body nests deeper than ${levelsMax} levels.`;
    throw new BadInputError([codedFault('', 'too-deep', message, { levelsMax })]);
  }
  const unreadable = unreadableFaults(body);
  if (unreadable.length > 0) throw new BadInputError(unreadable);
  const dto = plainToInstance(Dto, body, { exposeDefaultValues: true });
  const errors = validateSync(dto, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: true, value: false },
  });
  const faults = dtoFaults(errors);
  if (faults.length === 0) faults.push(...listFaults(dto));
  if (faults.length > 0) throw new BadInputError(faults);
  return dto;
}

/** Level by level, not by recursion: a hostile body nests deeper than the call stack. */
function isDeeperThan(levelsMax: number, value: object): boolean {
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > levelsMax) return true;
    level = level
      .flatMap((container) => Object.values(container) as unknown[])
      .filter((part): part is object => typeof part === 'object' && part !== null);
  }
  return false;
}
