import { parseCookie } from 'cookie';
import type { CookieOptions } from 'express';
import type { Config } from '../config/config.ts';

type Place = Pick<Config, 'publicUrl' | 'publicPath'>;

/**
 * The name of the session cookie. Over HTTPS its prefix makes browsers refuse the cookie over plain HTTP; `__Host-` also
 * refuses it from a subdomain, but requires the path `/`. Below a public path, the cookie belongs to that path alone, so
 * that other programs on the host do not get it and two services do not overwrite each other's.
 */
export function cookieNameOf(config: Place): string {
  if (!isSecure(config)) return 'provisioning_session';
  return config.publicPath === '' ? '__Host-provisioning_session' : '__Secure-provisioning_session';
}

/** The attributes of the session cookie: scripts cannot read it, and requests from other sites do not carry it. */
export function cookieOptionsOf(config: Place): CookieOptions {
  const path = config.publicPath === '' ? '/' : config.publicPath;
  return { httpOnly: true, sameSite: 'strict', secure: isSecure(config), path };
}

/** The value of a cookie in a `Cookie` header (RFC 6265 §4.2), or null. */
export function cookieIn(header: string | undefined, name: string): string | null {
  return parseCookie(header ?? '')[name] || null;
}

function isSecure(config: Place): boolean {
  return config.publicUrl.startsWith('https:');
}
