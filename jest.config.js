import { bundledDependencies } from './test/harness/dependency-bundle.ts';
import { swcOptions } from './test/harness/swc-options.ts';

/** Unit specs stand beside pure code in `src` and `simulator`; tests through HTTP stand in `test`. */
export default async () => ({
  roots: ['<rootDir>/src', '<rootDir>/simulator', '<rootDir>/test', '<rootDir>/scripts', '<rootDir>/clients'],
  testMatch: ['**/*.spec.ts'],
  testEnvironment: '<rootDir>/test/harness/environment.ts',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', swcOptions],
  },
  // Modules of spec files that are over stay in memory until V8 is short of it, and slow every collection down.
  // A worker that begins again loads the service again, which takes seconds.
  workerIdleMemoryLimit: '800MB',
  moduleNameMapper: await bundledDependencies(),
  testSequencer: '<rootDir>/jest-sequencer.js',
  setupFiles: ['<rootDir>/test/harness/configure-cases.ts'],
  // Only what hangs runs into it: a busy machine may take its time.
  testTimeout: 120_000 * Number(process.env.TEST_CASES_FACTOR ?? 1) ** 1.5,
});
