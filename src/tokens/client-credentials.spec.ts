import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OAuthError } from '../errors/oauth-error.ts';
import { readTokenRequest } from './client-credentials.ts';

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(user)}:${encodeURIComponent(password)}`).toString('base64')}`;
const grant = 'grant_type=client_credentials';

function codeOf(authorization: string | undefined, form: unknown): string {
  try {
    readTokenRequest(authorization, form);
  } catch (error) {
    if (error instanceof OAuthError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('readTokenRequest', () => {
  it('takes the credentials by HTTP Basic or in the body', () => {
    const expected = { clientId: 'id', clientSecret: 's', namesScope: false };
    expect(readTokenRequest(basic('id', 's'), grant)).toEqual(expected);
    expect(readTokenRequest(undefined, `${grant}&client_id=id&client_secret=s`)).toEqual(expected);
    expect(readTokenRequest(basic('id', 's'), `${grant}&client_id=id&scope=x`)).toEqual({
      ...expected,
      namesScope: true,
    });
  });

  it('reads back whatever a client has encoded', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((each) => each.isWellFormed());
    fc.assert(
      fc.property(text, text, (clientId, clientSecret) => {
        expect(readTokenRequest(basic(clientId, clientSecret), grant)).toMatchObject({
          clientId,
          clientSecret,
        });
      }),
    );
  });

  it.each([
    [undefined, '', 'invalid_request'],
    [undefined, {}, 'invalid_request'],
    [undefined, undefined, 'invalid_request'],
    [basic('id', 's'), 'grant_type=password', 'unsupported_grant_type'],
    [undefined, `${grant}&${grant}&client_id=id&client_secret=s`, 'invalid_request'],
    [undefined, grant, 'invalid_client'],
    [undefined, `${grant}&client_id=id`, 'invalid_client'],
    [basic('id', 's'), `${grant}&client_secret=s`, 'invalid_request'],
    [basic('id', 's'), `${grant}&client_id=other`, 'invalid_request'],
    ['Bearer abc', grant, 'invalid_client'],
    ['Basic !!!', grant, 'invalid_client'],
    ['Basic ', grant, 'invalid_client'],
    [`Basic ${Buffer.from('nocolon').toString('base64')}`, grant, 'invalid_client'],
    [`Basic ${Buffer.from('%zz:s').toString('base64')}`, grant, 'invalid_client'],
    [undefined, Array.from({ length: 30 }, (_, n) => `p${n}=1`).join('&'), 'invalid_request'],
  ])('refuses %j with %j: %s', (authorization, form, code) => expect(codeOf(authorization, form)).toBe(code));

  it('never throws anything else, whatever comes', () => {
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), fc.string(), (header, form) => {
        expect(typeof codeOf(header, form)).toBe('string');
      }),
    );
  });
});
