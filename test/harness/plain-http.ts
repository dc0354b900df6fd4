import supertest from 'supertest';
import type { Asked, Method } from './answers.ts';

/** Requests without credentials, with paths in full; their answers are typed as those of a `Client`. */
export type PlainHttp = {
  [Of in Method | 'head' | 'options']: <Path extends string>(
    path: Path,
  ) => Asked<{ dialect: 'api'; method: Of extends Method ? Of : 'get'; path: Path }>;
};

/** Speaks with the service at an address. */
export function plainHttp(url: string): PlainHttp {
  return supertest(url) as unknown as PlainHttp;
}
