import { Agent, STATUS_CODES } from 'node:http';
import { types } from 'node:util';
import supertest from 'supertest';
import type { Asked, Method } from './answers.ts';

/** Requests without credentials, with paths in full; their answers are typed as those of a `Client`. */
export type PlainHttp = {
  [Of in Method | 'head' | 'options']: <Path extends string>(
    path: Path,
  ) => Asked<{ dialect: 'api'; method: Of extends Method ? Of : 'get'; path: Path }>;
};

type Check = (response: supertest.Response) => Error | undefined;

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

/** Long before the service closes a connection that nobody uses. */
const keptForMs = 2_000;

/** How much of an answer the message of a failure shows. */
const toldMaxChars = 500;

/** Connections are kept: to open one takes longer than most requests. */
const agent = new Agent({ keepAlive: true, timeout: keptForMs });

/** A request of supertest that costs less: it is sent thirty thousand times. */
class Request extends supertest.Test {
  /** supertest keeps here what it checks of the answer. */
  declare private readonly _asserts: Check[];

  constructor(url: string, method: string, path: string) {
    super(url, method, path);
    this.agent(agent);
  }

  // supertest makes the text of a stack for each expectation, which maps every line of it to its source. Here that is
  // done for an expectation that fails.
  override expect(...given: [never]): this {
    const [status] = given as unknown[];
    if (given.length > 1 || typeof status !== 'number') return super.expect(...(given.map(ours) as [never]));
    const asked = new Error();
    this._asserts.push(({ status: answered, text }) => {
      if (answered === status) return undefined;
      asked.message = `expected ${named(status)}, got ${named(answered)}: ${text.slice(0, toldMaxChars)}`;
      return asked;
    });
    return this;
  }
}

/** supertest knows an expression by its class, and a spec file has a class of its own. */
function ours(expected: unknown): unknown {
  return types.isRegExp(expected) ? new RegExp(expected.source, expected.flags) : expected;
}

function named(status: number): string {
  return `${status} "${STATUS_CODES[status]}"`;
}

/** Speaks with the service at an address. */
export function plainHttp(url: string): PlainHttp {
  const requests = methods.map((method) => [method, (path: string) => new Request(url, method, path)]);
  return Object.fromEntries(requests) as PlainHttp;
}
