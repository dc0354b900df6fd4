import type { OperatorToken } from '../../config/operator-tokens.ts';
import { isSameSecret } from './same-secret.ts';

/** What begins every API token. */
export const apiTokenPrefix = 'mcs_';
/** What begins every access token of an OAuth client. */
export const accessTokenPrefix = 'mco_';
/** What begins every secret of an OAuth client. */
export const clientSecretPrefix = 'mcc_';
/** What begins every product key. */
export const productKeyPrefix = 'upk_';
/** What begins every session token. */
export const sessionTokenPrefix = 'mca_';
/** What begins an operator token that the service made itself; one that was given may have any form. */
const operatorTokenPrefix = 'op_';

/** 256 random bits in base64url. */
const linkCodeForm = /^[\w-]{43}$/;
const sessionTokenForm = new RegExp(`^${sessionTokenPrefix}[\\w-]{43}$`);
/** `header.claims.signature` (RFC 7519 §3); a header is JSON, whose first two characters make `ey`. */
const jsonWebTokenForm = /^ey[\w-]*\.[\w-]+\.[\w-]*$/;

/** The kinds of tokens that are told apart by how they look. */
export type TokenKind =
  | 'api-token'
  | 'access-token'
  | 'client-secret'
  | 'product-key'
  | 'session-token'
  | 'operator-token'
  | 'link-code'
  | 'link-address'
  | 'json-web-token';

/** The kinds that doors ask for. `/operator` takes the operator token, and product keys besides. */
export type WantedKind = 'api-token' | 'session-token' | 'operator-token' | 'link-code';

const names: Readonly<Record<TokenKind, string>> = {
  'api-token': 'an API token',
  'access-token': 'an access token of an OAuth client',
  'client-secret': 'the secret of an OAuth client, for which POST /oauth/token gives an access token',
  'product-key': 'a product key',
  'session-token': 'a session token',
  'operator-token': 'the operator token',
  'link-code': 'what looks like the code of an admin link',
  'link-address': 'the whole address of an admin link',
  'json-web-token': 'a JSON Web Token of another system',
};

const wantedNames = { 'session-token': 'a session token', 'link-code': 'the code of an admin link' } as const;

const wants: Readonly<Record<WantedKind, string>> = {
  'api-token':
    '/scim takes an API token of the workspace: it begins with "mcs_", and an admin makes one in the settings of User Provisioning.',
  'session-token':
    '/api takes a session token: it begins with "mca_", and POST /api/session gives one for the code of an admin link.',
  'operator-token':
    '/operator takes a product key, which begins with "upk_", or the operator token, which the service was started with.',
  'link-code':
    'POST /api/session takes the code of an admin link: what stands behind "#code=" in its address.',
};

/**
 * Which kind of token this is, by its beginning or its form; whether it is a good one is not asked.
 *
 * @param token what came
 * @param operatorTokens those of this service, which may have any form
 * @returns null when it looks like none
 */
export function tokenKindOf(token: string, operatorTokens: readonly OperatorToken[]): TokenKind | null {
  if (operatorTokens.some((each) => isSameSecret(token, each.token))) return 'operator-token';
  if (token.startsWith(apiTokenPrefix)) return 'api-token';
  if (token.startsWith(accessTokenPrefix)) return 'access-token';
  if (token.startsWith(clientSecretPrefix)) return 'client-secret';
  if (token.startsWith(productKeyPrefix)) return 'product-key';
  if (token.startsWith(sessionTokenPrefix)) return 'session-token';
  if (token.startsWith(operatorTokenPrefix)) return 'operator-token';
  if (token.includes('#code=')) return 'link-address';
  if (jsonWebTokenForm.test(token)) return 'json-web-token';
  return linkCodeForm.test(token) ? 'link-code' : null;
}

/**
 * What to say to who brought something that this door cannot have given: another kind, none at all, or a piece of one.
 * Nothing of it is repeated.
 *
 * @returns null when what came has the form of the wanted kind
 */
export function wrongFormMessage(
  token: string,
  wanted: 'session-token' | 'link-code',
  operatorTokens: readonly OperatorToken[],
): string | null {
  const form = wanted === 'session-token' ? sessionTokenForm : linkCodeForm;
  if (form.test(token)) return null;
  const wrongKind = wrongKindMessage(token, wanted, operatorTokens);
  if (wrongKind !== null) return wrongKind;
  const isPiece = tokenKindOf(token, operatorTokens) === wanted;
  const came = isPiece ? 'is only a piece of a session token, or mistyped' : `is not ${wantedNames[wanted]}`;
  return `What came ${came}. ${wants[wanted]}`;
}

/**
 * What to say to who brought a token of another kind than the door takes: which came and which is wanted. Nothing of the
 * token is repeated.
 *
 * @returns null when what came may be of the right kind, or looks like none
 */
export function wrongKindMessage(
  token: string,
  wanted: WantedKind,
  operatorTokens: readonly OperatorToken[],
): string | null {
  const came = tokenKindOf(token, operatorTokens);
  const fits = came === wanted || (wanted === 'operator-token' && came === 'product-key');
  return came === null || fits ? null : `What came is ${names[came]}. ${wants[wanted]}`;
}
