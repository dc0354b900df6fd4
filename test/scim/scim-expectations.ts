import { expect } from '@jest/globals';
import type { Response } from 'supertest';

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Any SCIM answer: the status, SCIM JSON or nothing, an error body that repeats the status, no cache. */
export function expectScimAnswer(response: Response, status: number): void {
  const told = `${response.status} ${response.text ?? ''}`;
  expect({ status: response.status, told }).toEqual({ status, told });
  if (status === 204 || status === 304) {
    expect(response.text ?? '').toBe('');
    return;
  }
  expect(response.headers['content-type']).toMatch(/^application\/scim\+json/);
  if (status >= 400) {
    const body = response.body as { schemas?: unknown; status?: unknown; detail?: unknown };
    expect(body.schemas).toEqual([errorUrn]);
    expect(body.status).toBe(String(status));
    expect(body.detail).toEqual(expect.stringMatching(/\S/));
  }
}

/** A SCIM error with its keyword (RFC 7644 §3.12, table 9); `undefined`: it must have none. */
export function expectScimError(response: Response, status: number, scimType?: string): void {
  expectScimAnswer(response, status);
  const told = response.text;
  expect({ scimType: (response.body as { scimType?: string }).scimType, told }).toEqual({ scimType, told });
}
