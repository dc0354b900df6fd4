import { useMutation } from '@tanstack/react-query';
import { faultsOf } from '../../api/api-error.ts';

/**
 * Imports a file in two steps: a trial that changes nothing, then the import itself.
 *
 * @param send sends what is to be imported; a dry run only says what would happen
 * @param onImported what follows the import
 */
export function useFileImport<Attempt, Result>(
  send: (attempt: Attempt, dryRun: boolean) => Promise<Result>,
  onImported: (result: Result) => Promise<void>,
) {
  const trial = useMutation({ mutationFn: (attempt: Attempt) => send(attempt, true) });
  const load = useMutation({
    mutationFn: (attempt: Attempt) => send(attempt, false),
    onSuccess: onImported,
  });
  const error = load.error ?? trial.error;
  return {
    /** What the trial found; undefined until it succeeds. */
    found: trial.data,
    error,
    faults: faultsOf(error),
    isPending: trial.isPending || load.isPending,
    /** Tries what was chosen; null when nothing is chosen any more. */
    tryOut: (attempt: Attempt | null) => {
      load.reset();
      trial.reset();
      if (attempt !== null) trial.mutate(attempt);
    },
    load: load.mutate,
  };
}
