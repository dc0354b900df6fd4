import { expect } from '@jest/globals';
import type { Answer, BodyOf, OperationOf } from '../harness/answers.ts';
import type { ScimError } from '../harness/scim-answers.ts';

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Any SCIM answer: the status, SCIM JSON or nothing, an error body that repeats the status, no cache. */
export function expectScimAnswer<Given extends Answer, Status extends number>(
  response: Given,
  status: Status,
): asserts response is Given & { body: BodyOf<OperationOf<Given>, Status> } {
  const told = `${response.status} ${response.text ?? ''}`;
  expect({ status: response.status, told }).toEqual({ status, told });
  if (status === 204 || status === 304) {
    expect(response.text ?? '').toBe('');
    return;
  }
  expect(response.headers['content-type']).toMatch(/^application\/scim\+json/);
  if (status >= 400) {
    const detail: unknown = expect.stringMatching(/\S/);
    expect(response.body).toMatchObject({ schemas: [errorUrn], status: String(status), detail });
  }
}

/** A SCIM error with its keyword (RFC 7644 §3.12, table 9); `undefined`: it must have none. */
export function expectScimError<Given extends Answer>(
  response: Given,
  status: number,
  scimType?: string,
): asserts response is Given & { body: ScimError } {
  expectScimAnswer(response, status);
  const told = response.text;
  expect({ scimType: (response.body as ScimError).scimType, told }).toEqual({ scimType, told });
}
