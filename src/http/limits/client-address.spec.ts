import type { Request } from 'express';
import { describe, expect, it } from '@jest/globals';
import { clientAddressOf } from './client-address.ts';

const addressOf = (ip: string | undefined, remoteAddress?: string) =>
  clientAddressOf({ ip, socket: { remoteAddress } } as Pick<Request, 'ip' | 'socket'>);

describe('clientAddressOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['not an address', 'unknown'],
  ])('%s counts as %s', (ip, address) => expect(addressOf(ip)).toBe(address));

  it('is that of the connection where there is no other', () => {
    expect(addressOf(undefined, '192.0.2.7')).toBe('192.0.2.7');
    expect(addressOf(undefined)).toBe('unknown');
  });
});
