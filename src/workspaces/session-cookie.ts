import type { CookieOptions } from 'express';
import type { Config } from '../config/config.ts';

/** The `__Host-` prefix makes browsers refuse a cookie of this name from a subdomain or over plain HTTP. */
export function cookieNameOf(config: Config): string {
  return isSecure(config) ? '__Host-provisioning_session' : 'provisioning_session';
}

/** How the session cookie is set, and cleared: out of reach of scripts and of requests that other sites start. */
export function cookieOptionsOf(config: Config): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: isSecure(config), path: '/' };
}

/** The value of a cookie in a `Cookie` header (RFC 6265 §4.2), or null. */
export function cookieIn(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim() || null;
  }
  return null;
}

function isSecure(config: Config): boolean {
  return config.publicUrl.startsWith('https:');
}
