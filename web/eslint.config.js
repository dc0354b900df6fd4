import js from '@eslint/js';

/** What the page uses of the browser. */
const browserGlobals = [
  'window',
  'document',
  'navigator',
  'history',
  'fetch',
  'console',
  'performance',
  'setTimeout',
  'clearTimeout',
  'queueMicrotask',
  'EventSource',
  'URLSearchParams',
];

/** The page runs in browsers as it is written: plain modules that no compiler sees. */
export default [
  js.configs.recommended,
  {
    languageOptions: {
      globals: Object.fromEntries(browserGlobals.map((name) => [name, 'readonly'])),
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // A file may repeat which of these it uses.
      'no-redeclare': ['error', { builtinGlobals: false }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 300, skipComments: true, skipBlankLines: true }],
    },
  },
];
