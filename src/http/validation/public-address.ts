import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The only IPv6 addresses that IANA has given out for the Internet (RFC 4291 §2.4, its registry of the address space). */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the public Internet. Everything that the registries of IANA set aside is not: loopback,
 * private, link-local (with the metadata service of clouds, 169.254.169.254), shared (CGNAT), unique local, multicast,
 * unspecified, documentation, and IPv6 addresses that stand for an IPv4 address behind a gateway. An IPv6 address that
 * maps an IPv4 one counts as that; one of the deprecated ones that hold an IPv4 address (`::7f00:1`) is outside of what was
 * given out.
 *
 * @param address as the resolver or a URL writes it, an IPv6 one without brackets
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}

/** The host of a URL when it is an address and no name; null otherwise. */
export function addressInUrl({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[(.*)\]$/u, '$1');
  return isIP(host) === 0 ? null : host;
}
