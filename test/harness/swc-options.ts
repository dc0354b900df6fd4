import type { Options } from '@swc/core';

/** How the tests compile TypeScript: Nest needs the decorators, and the types that they name. */
export const swcOptions: Options = {
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};
