import type { DatabaseSync } from 'node:sqlite';
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { readSetting, writeSetting } from './database.ts';
import type { SignedIn } from './sessions.ts';

const algorithm = 'ES256';
const goodForSeconds = 60;
export const audience = 'user-provisioning';

/** What somebody may do in the settings screen of the service. */
export type AdminRole = 'owner' | 'editor' | 'viewer';

/** Says to the service who is signed in here, by tokens that only the product can sign. */
export class OwnSignIn {
  private readonly key: Promise<JWK>;
  private readonly issuer: string;

  /** @param issuer the address of the product */
  constructor(database: DatabaseSync, issuer: string) {
    this.issuer = issuer;
    this.key = readKey(database);
  }

  /** What the product publishes: the key without its private part. */
  async publishedKeys(): Promise<{ keys: JWK[] }> {
    const { kty, crv, x, y, kid } = await this.key;
    return { keys: [{ kty, crv, x, y, kid, alg: algorithm, use: 'sig' }] };
  }

  /** A token that signs somebody in once, within a minute. */
  async assertionFor({ memberId, email, name, workspaceId }: SignedIn, role: AdminRole): Promise<string> {
    const key = await this.key;
    return new SignJWT({ email, name, role, workspace: workspaceId })
      .setProtectedHeader({ alg: algorithm, kid: String(key.kid) })
      .setIssuer(this.issuer)
      .setAudience(audience)
      .setSubject(memberId)
      .setIssuedAt()
      .setExpirationTime(`${goodForSeconds}s`)
      .setJti(randomUUID())
      .sign(await importJWK(key, algorithm));
  }
}

/** Made once. Yours belongs to where your other secrets are. */
async function readKey(database: DatabaseSync): Promise<JWK> {
  const known = readSetting(database, 'sign-in-key');
  if (known !== null) return JSON.parse(known) as JWK;
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: randomUUID() };
  writeSetting(database, 'sign-in-key', JSON.stringify(key));
  return key;
}
