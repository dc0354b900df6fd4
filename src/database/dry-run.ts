import type { DataSource, EntityManager } from 'typeorm';

/** Ends a transaction to roll it back, and carries the result of the work. */
class TakenBack extends Error {
  readonly result: unknown;

  constructor(result: unknown) {
    super('taken back');
    this.result = result;
  }
}

/**
 * Runs work in a transaction, and rolls it back after a dry run.
 *
 * @param dryRun whether to roll back
 * @returns the result of the work, in both cases
 * @throws whatever the work throws
 */
export async function transactionOrDryRun<T>(
  dataSource: DataSource,
  dryRun: boolean,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  try {
    return await dataSource.transaction(async (manager) => {
      const result = await work(manager);
      if (dryRun) throw new TakenBack(result);
      return result;
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.result as T;
    throw error;
  }
}
