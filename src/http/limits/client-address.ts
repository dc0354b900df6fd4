import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

const ipv6PrefixParts = 4;

/**
 * Whose requests count together: an IPv4 address, or the /64 of an IPv6 address, which one customer of a provider has as a
 * whole (RFC 6177). Behind `TRUST_PROXY` reverse proxies it is what they say of the client.
 */
export function clientAddressOf({ ip, socket }: Pick<Request, 'ip' | 'socket'>): string {
  const text = ip ?? socket.remoteAddress ?? '';
  if (!ipaddr.isValid(text)) return 'unknown';
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const parts = address.parts.slice(0, ipv6PrefixParts).map((part) => part.toString(16));
  return `${parts.join(':')}::/64`;
}
