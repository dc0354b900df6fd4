import type { DataSource, EntityManager } from 'typeorm';

/** Ends a transaction whose work is to be taken back, with what it came to. */
class TakenBack extends Error {
  readonly result: unknown;

  constructor(result: unknown) {
    super('taken back');
    this.result = result;
  }
}

/**
 * Does work in a transaction, and takes it back where it was only to be tried.
 *
 * @param dryRun whether nothing may stay written
 * @returns what the work came to, either way
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
