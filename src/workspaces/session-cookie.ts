import type { CookieOptions } from 'express';
import type { Config } from '../config/config.ts';

type Place = Pick<Config, 'publicUrl' | 'publicPath'>;

/**
 * Over HTTPS the prefix of its name makes browsers refuse the cookie over plain HTTP, and with `__Host-` from a
 * subdomain, too. That one goes with the whole host only; below a path the cookie is for this path alone, so that
 * neither other programs of the host get it nor two services overwrite each other's.
 */
export function cookieNameOf(config: Place): string {
  if (!isSecure(config)) return 'provisioning_session';
  return config.publicPath === '' ? '__Host-provisioning_session' : '__Secure-provisioning_session';
}

/** How the session cookie is set, and cleared: out of reach of scripts and of requests that other sites start. */
export function cookieOptionsOf(config: Place): CookieOptions {
  const path = config.publicPath === '' ? '/' : config.publicPath;
  return { httpOnly: true, sameSite: 'strict', secure: isSecure(config), path };
}

/** The value of a cookie in a `Cookie` header (RFC 6265 §4.2), or null. */
export function cookieIn(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim() || null;
  }
  return null;
}

function isSecure(config: Place): boolean {
  return config.publicUrl.startsWith('https:');
}
