import { errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { isEmail } from 'class-validator';
import { readReference, type Reference } from '../../http/endpoint/reference.ts';
import { emailLengthMaxChars } from '../../http/validation/email-length.ts';
import { BadInputError } from '../../errors/domain-errors.ts';
import { type AdminRole, adminRoles } from '../../http/request/admin-roles.ts';
import { cleanLine } from '../../scim-core/visible-text.ts';

/** Signatures with a private key alone: a secret that both know, or no signature, proves nothing. */
const algorithms = ['EdDSA', 'ES256', 'RS256'];
/** How long an assertion may be good for: from `iat` to `exp`. */
export const assertionLifeMaxSeconds = 60;
/** By how much the clocks of the two may differ. */
export const clockSkewMaxSeconds = 30;
const claimLengthMaxChars = 200;
const requiredClaims = ['iss', 'aud', 'sub', 'email', 'name', 'role', 'workspace', 'iat', 'exp', 'jti'];

/** Whose assertions are believed. */
export interface TrustedIssuer {
  issuer: string;
  audience: string;
}

/** What an assertion says: who is to be signed in, to which workspace, and as what. */
export interface Assertion {
  id: string;
  subject: string;
  email: string;
  /** As people see it; null: there is nothing to see. */
  name: string | null;
  /** A language tag, if it says one. */
  locale: string | null;
  role: AdminRole;
  workspace: Reference;
  expiresAt: Date;
}

/** The assertion is not believed; the message says why, and holds nothing of it. */
export class RefusedAssertion extends Error {}

/** The keys to check it with cannot be had now. */
export class KeysUnavailable extends Error {}

/**
 * Checks an assertion: a JSON Web Token (RFC 7519) that the vendor's sign-in has signed a moment ago.
 *
 * @param keys finds the key that it names
 * @throws RefusedAssertion, KeysUnavailable
 */
export async function checkAssertion(
  text: string,
  trusted: TrustedIssuer,
  keys: JWTVerifyGetKey,
  now: Date,
): Promise<Assertion> {
  const { payload } = await jwtVerify(text, keys, {
    ...trusted,
    algorithms,
    requiredClaims,
    clockTolerance: clockSkewMaxSeconds,
    currentDate: now,
  }).catch((error: unknown) => {
    throw refusalOf(error);
  });
  return readClaims(payload, now);
}

function readClaims(claims: JWTPayload, now: Date): Assertion {
  const issuedAt = claims.iat ?? 0;
  const expires = claims.exp ?? 0;
  if (expires - issuedAt > assertionLifeMaxSeconds) {
    throw new RefusedAssertion(`it is good for longer than ${assertionLifeMaxSeconds} seconds`);
  }
  if (issuedAt > now.getTime() / 1000 + clockSkewMaxSeconds)
    throw new RefusedAssertion('"iat" is in the future');
  const email = textOf(claims, 'email');
  if (!isEmail(email) || email.length > emailLengthMaxChars)
    throw new RefusedAssertion('"email" is no e-mail address');
  const role = adminRoles.find((each) => each === claims.role);
  if (role === undefined) throw new RefusedAssertion(`"role" is none of ${adminRoles.join(', ')}`);
  return {
    id: textOf(claims, 'jti'),
    subject: textOf(claims, 'sub'),
    email,
    name: cleanLine(textOf(claims, 'name').toWellFormed()) || null,
    locale: claims.locale === undefined ? null : textOf(claims, 'locale'),
    role,
    workspace: workspaceOf(textOf(claims, 'workspace')),
    expiresAt: new Date(expires * 1000),
  };
}

function textOf(claims: JWTPayload, name: string): string {
  const value = claims[name];
  if (typeof value === 'string' && value.length > 0 && value.length <= claimLengthMaxChars) return value;
  throw new RefusedAssertion(`"${name}" is no text of 1 to ${claimLengthMaxChars} characters`);
}

function workspaceOf(text: string): Reference {
  try {
    const reference = readReference(text, 'workspace');
    if (reference !== null) return reference;
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
  }
  throw new RefusedAssertion('"workspace" is neither an id nor "ext:" and your own id');
}

/** In our words: those of the library tell of its inside, and may repeat what was sent. */
function refusalOf(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new RefusedAssertion('it has expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    const why = error.reason === 'missing' ? 'is missing' : 'is not what it has to be';
    return new RefusedAssertion(`"${error.claim}" ${why}`);
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return new RefusedAssertion(`it is not signed by one of ${algorithms.join(', ')}`);
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return new RefusedAssertion('the published keys hold none, or more than one, that it may be signed with');
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new RefusedAssertion('its signature is wrong');
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid)
    return new RefusedAssertion('it is no JSON Web Token that can be read');
  if (error instanceof errors.JOSENotSupported)
    return new RefusedAssertion('it asks for something that is not supported');
  return new KeysUnavailable('The keys that sign-in assertions are checked with cannot be read now.', {
    cause: error,
  });
}
