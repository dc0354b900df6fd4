import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const askEveryMs = 100;

/** A load balancer as there are many: it asks for `/health/ready`, and never sends a request twice. */
export interface ReadyProxy {
  url: string;
  /** Where requests may go, as long as they are ready. */
  setBackends(urls: readonly string[]): void;
  stop(): Promise<void>;
}

/** Starts one. */
export async function startReadyProxy(): Promise<ReadyProxy> {
  const agent = new Agent({ keepAlive: true });
  let backends: readonly string[] = [];
  let ready: string[] = [];
  let turn = 0;
  const server = createServer((asked, answer) => {
    const backend = ready[(turn += 1) % ready.length];
    if (backend === undefined) {
      answer.writeHead(502).end();
      return;
    }
    const { method, headers } = asked;
    const onward = request(backend + (asked.url ?? ''), { method, headers, agent }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onward.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const asked = backends.map(async (url) => {
        const isReady = await fetch(`${url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        );
        return isReady ? [url] : [];
      });
      ready = (await Promise.all(asked)).flat();
      await sleep(askEveryMs);
    }
  })();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setBackends: (urls) => (backends = urls),
    stop: async () => {
      isOver = true;
      await asking;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}
