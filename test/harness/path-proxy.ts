import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reverse proxy that serves the service below a path, and nothing else. */
export interface PathProxy {
  /** The address of the service behind the proxy, path included. */
  url: string;
  /** Requested URLs outside the path: links that left it out. */
  strays: string[];
  /** Sets where requests go, and whether the proxy strips the path. */
  passTo(serviceUrl: string, options: { stripsPath: boolean }): void;
  stop(): Promise<void>;
}

/** Starts a proxy. */
export async function startPathProxy(path: string): Promise<PathProxy> {
  const strays: string[] = [];
  let target = { url: '', stripsPath: true };
  const server = createServer((asked, answer) => {
    const url = asked.url ?? '';
    if (url !== path && !url.startsWith(`${path}/`)) {
      strays.push(url);
      answer.writeHead(404).end();
      return;
    }
    const passed = target.stripsPath ? url.slice(path.length) || '/' : url;
    const { method, headers } = asked;
    const onward = request(target.url + passed, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    strays,
    passTo: (url, { stripsPath }) => (target = { url, stripsPath }),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
