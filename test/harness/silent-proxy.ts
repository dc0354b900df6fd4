import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy between the service and its database that can fall silent like a host that vanished. */
export interface SilentProxy {
  /** URL of the database behind the proxy. */
  url: string;
  /** Stops passing data on. Connections stay open; new ones are accepted and stay silent too. */
  fallSilent(): void;
  /** New connections work again; silent ones stay silent. */
  letNewOnesThrough(): void;
  stop(): Promise<void>;
}

/** Starts a proxy in front of a database. */
export async function startSilentProxy(databaseUrl: string): Promise<SilentProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  let isSilent = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    if (isSilent) silent.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const pass = (from: Socket, to: Socket) => {
    from.on('data', (chunk) => {
      if (!silent.has(from)) to.write(chunk);
    });
    from.on('close', () => {
      if (!silent.has(from)) to.destroy();
    });
  };
  const server = createServer((client) => {
    keep(client);
    if (isSilent) return client.resume();
    const upstream = connect(Number(target.port), target.hostname);
    keep(upstream);
    pass(client, upstream);
    pass(upstream, client);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    fallSilent: () => {
      isSilent = true;
      for (const socket of sockets) silent.add(socket);
    },
    letNewOnesThrough: () => (isSilent = false),
    stop: () => closed(server, sockets),
  };
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}
