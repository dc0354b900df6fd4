import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy between the service and its database that can be killed at the worst moment. */
export interface CuttingProxy {
  /** URL of the database behind the proxy. */
  url: string;
  /** How often it was killed right after a commit, before the service heard of it. */
  readonly cuts: number;
  /**
   * Dies as soon as the database has committed something that was written: the answer is lost, with every connection. It is
   * back after a moment.
   *
   * @returns resolves when it is back
   */
  cutAfterCommit(): Promise<void>;
  stop(): Promise<void>;
}

const awayMs = 200;

/** How the database says that a transaction, or a writing statement that is one by itself, is done (`CommandComplete`). */
const done = /C[\s\S]{4}(?:COMMIT|(?:INSERT 0|UPDATE|DELETE|MERGE) [1-9]\d*)\0/;
/** It waits for the next statement outside of a transaction (`ReadyForQuery`): what came before is committed. */
const idle = 'Z\0\0\0\u0005I';

/** Starts a proxy in front of a database. */
export async function startCuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isAway = false;
  let cuts = 0;
  let cut: (() => void) | null = null;
  const keep = (socket: Socket, other: () => Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      other().destroy();
    });
  };
  const server = createServer((client) => {
    if (isAway) return void client.on('error', () => undefined).destroy();
    const database = connect(Number(target.port), target.hostname);
    keep(client, () => database);
    keep(database, () => client);
    client.pipe(database);
    database.on('data', (chunk: Buffer) => {
      if (cut !== null && isCommit(chunk)) cut();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  const endAll = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    get cuts() {
      return cuts;
    },
    cutAfterCommit: () =>
      new Promise((resolve) => {
        cut = () => {
          cut = null;
          cuts += 1;
          isAway = true;
          endAll();
          setTimeout(() => {
            isAway = false;
            resolve();
          }, awayMs);
        };
      }),
    stop: () => {
      endAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function isCommit(chunk: Buffer): boolean {
  const text = chunk.toString('latin1');
  return done.test(text) && text.includes(idle);
}
