import { join } from 'node:path';

/** For the environment of a program: a run starts many often, and compiles each once. Empty outside of a run. */
export function compileCache(): Record<string, string> {
  const { TEST_FOLDER } = process.env;
  return TEST_FOLDER === undefined ? {} : { NODE_COMPILE_CACHE: join(TEST_FOLDER, 'compiled') };
}
