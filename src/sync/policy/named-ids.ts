import { BadInputError, codedFault, type InputFault } from '../../errors/domain-errors.ts';

/** What is wrong with an id that names nobody concerned. */
interface IdFault {
  code: 'nothing-held' | 'nothing-suppressed' | 'no-person' | 'no-group';
  message: string;
}

/** A fault for each named id that is not among the known ones. Known ids are in lower case. */
export function faultsOfIdsNotIn(
  path: string,
  named: readonly string[],
  known: readonly string[],
  { code, message }: IdFault,
): InputFault[] {
  const all = new Set(known);
  return named.flatMap((id, at) =>
    all.has(id.toLowerCase()) ? [] : [codedFault(`${path}[${at}]`, code, message)],
  );
}

/** Refuses ids that are not among the known ones. @throws BadInputError with a fault for each */
export function refuseIdsNotIn(
  path: string,
  named: readonly string[],
  known: readonly string[],
  fault: IdFault,
): void {
  const faults = faultsOfIdsNotIn(path, named, known, fault);
  if (faults.length > 0) throw new BadInputError(faults);
}
