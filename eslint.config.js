import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', '.data-*/**', 'coverage/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', '*.cjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Values and types of a module come in one line: `import { a, type B } from …`.
      'no-duplicate-imports': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 60, IIFEs: true }],
    },
  },
  {
    // Tables of words, and descriptions of steps: they are as long as they have entries.
    files: [
      'web/src/locales/**',
      'web/src/api/schema.d.ts',
      'clients/node/src/openapi.ts',
      'src/database/migrations/**',
    ],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', module: 'writable' },
    },
  },
  {
    files: ['**/*.spec.ts', 'test/**', 'clients/node/test/**'],
    rules: {
      'max-lines': 'off',
      // A `describe` is one function, as long as what it describes.
      'max-lines-per-function': 'off',
      // supertest types every body as `any`; a test casts it where it reads it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
);
