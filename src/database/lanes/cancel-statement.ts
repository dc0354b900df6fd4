import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import pg from 'pg';
import { seconds } from '../../errors/duration.ts';

/** How long a server may take to hear that a statement is to end. */
const heardWithinMs = seconds(5);

/** What pg knows of a connection, beyond its types. */
interface KnownClient {
  host: string;
  port: number;
  ssl: unknown;
  sslNegotiation?: string;
  processID: number | null;
  secretKey: number | null;
}

interface RawConnection extends EventEmitter {
  stream: Duplex;
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/**
 * Asks the server to end what a connection is doing: by a request on a connection of its own, as the protocol has it
 * (PostgreSQL, "Canceling Requests in Progress"), which poolers pass on too. The statement then fails with 57014, if it
 * has not ended by itself.
 *
 * @returns true when the server has closed that connection, which it does when it has passed the request on: from then on it
 * cannot meet a later statement. False when nobody knows: a server that has much to do may pass it on at any later
 * time. Never rejects.
 */
export function cancelStatement(client: pg.Client): Promise<boolean> {
  const { host, port, ssl, sslNegotiation, processID, secretKey } = client as unknown as KnownClient;
  if (processID === null || secretKey === null) return Promise.resolve(true);
  const connection = new pg.Connection({ ssl, sslNegotiation } as never) as unknown as RawConnection;
  return new Promise((resolve) => {
    let isSent = false;
    let isLost = false;
    const lose = () => {
      isLost = isSent;
      connection.stream.destroy();
    };
    const giveUp = setTimeout(lose, heardWithinMs);
    const send = () => {
      isSent = true;
      connection.cancel(processID, secretKey);
    };
    connection.on('connect', () => {
      if (!ssl) send();
      else if (sslNegotiation !== 'direct') connection.requestSsl();
    });
    connection.on('sslconnect', send);
    connection.on('error', lose);
    connection.on('end', () => {
      clearTimeout(giveUp);
      resolve(!isLost);
    });
    if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
    else connection.connect(port, host);
  });
}
