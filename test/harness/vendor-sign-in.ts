import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Algorithm = 'EdDSA' | 'ES256' | 'RS256';

/** A key of the vendor's sign-in. */
export interface SignInKey {
  id: string;
  algorithm: Algorithm;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export function newSignInKey(algorithm: Algorithm): SignInKey {
  return { id: randomUUID(), algorithm, ...pairOf(algorithm) };
}

/** Signs claims as RFC 7515 says, by Node's own cryptography: the service checks them by a library. */
export function signedAssertion(key: SignInKey, claims: object, header: object = {}): string {
  const head = { alg: key.algorithm, kid: key.id, typ: 'JWT', ...header };
  const text = [head, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature =
    key.algorithm === 'EdDSA'
      ? sign(null, Buffer.from(text), key.privateKey)
      : sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

/** The host that publishes the keys of the vendor's sign-in. */
export class KeyHost {
  /** What it publishes. */
  keys: SignInKey[] = [];
  /** Answers in another way, where it is set. */
  instead: RequestListener | null = null;
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  static async start(): Promise<KeyHost> {
    const server = createServer();
    const host = new KeyHost(server);
    server.on('request', (request, response) => {
      if (host.instead !== null) return host.instead(request, response);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(host.published()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  get uri(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks.json`;
  }

  /** The key set that it publishes. */
  published(): object {
    return { keys: this.keys.map(published) };
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

function published({ id, algorithm, publicKey }: SignInKey): object {
  return { ...publicKey.export({ format: 'jwk' }), kid: id, alg: algorithm, use: 'sig' };
}

function pairOf(algorithm: Algorithm): { privateKey: KeyObject; publicKey: KeyObject } {
  switch (algorithm) {
    case 'EdDSA':
      return generateKeyPairSync('ed25519');
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
  }
}
