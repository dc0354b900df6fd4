import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '../../http/validation/public-address.ts';

/** All addresses of a name. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** The resolver of this machine, its hosts file included. */
export const systemResolve: Resolve = (name) =>
  new Promise((resolve, reject) => {
    systemLookup(name, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });

/** The host is, or its name resolves to, an address that events are not sent to. */
export class PrivateAddressError extends Error {
  constructor() {
    super('The address is not public');
    this.name = 'PrivateAddressError';
  }
}

/**
 * What a connection asks for the addresses of its host. The name is resolved once, every address is looked at, and the
 * connection goes to one of exactly these: a name that answers differently the next time (DNS rebinding) gains nothing,
 * because nobody asks again. One private address among public ones refuses the name.
 */
export function checkedLookup(resolve: Resolve): LookupFunction {
  return (name, { all = false }, tell) => {
    resolve(name).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) tell(nothingFound(name), '');
        else if (!addresses.every(({ address }) => isPublicAddress(address)))
          tell(new PrivateAddressError(), '');
        else if (all) tell(null, [...addresses]);
        else tell(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => tell(error, ''),
    );
  };
}

function nothingFound(name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`No address of ${name}`), { code: 'ENODATA' });
}
