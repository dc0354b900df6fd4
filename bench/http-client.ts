import { Agent, request, type IncomingMessage } from 'node:http';

/** A whole answer. */
export interface Answer {
  status: number;
  text: string;
}

/** A SCIM client on connections that stay open. */
export class HttpClient {
  private readonly agent: Agent;
  private readonly url: URL;
  private readonly token: string;

  /** @param connections how many requests may be on their way at once */
  constructor(url: string, token: string, connections: number) {
    this.url = new URL(url);
    this.token = token;
    this.agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  }

  /**
   * Sends a request to a path below `/scim/v2`.
   *
   * @throws Error when the answer has another status than `expected`: a benchmark of refusals would be worthless
   */
  async send(method: string, path: string, expected: number, body?: string): Promise<string> {
    const answer = await this.exchange(method, path, body);
    if (answer.status === expected) return answer.text;
    throw new Error(
      `${this.url.host} answered ${method} ${path} with ${answer.status}: ${answer.text.slice(0, 300)}`,
    );
  }

  /** Closes all connections. */
  close(): void {
    this.agent.destroy();
  }

  private exchange(method: string, path: string, body: string | undefined): Promise<Answer> {
    const headers: Record<string, string | number> = { authorization: `Bearer ${this.token}` };
    if (body !== undefined) {
      headers['content-type'] = 'application/scim+json; charset=utf-8';
      headers['content-length'] = Buffer.byteLength(body);
    }
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.url;
      const options = { agent: this.agent, hostname, port, method, path: `/scim/v2${path}`, headers };
      const sent = request(options, (response) => void readWhole(response).then(resolve, reject));
      sent.once('error', (error: NodeJS.ErrnoException) => {
        // The server closed a connection that had been idle; what was sent on it never reached it.
        if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(this.exchange(method, path, body));
        else reject(error);
      });
      sent.end(body);
    });
  }
}

function readWhole(response: IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.once('error', reject);
    response.once('end', () =>
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
    );
  });
}
