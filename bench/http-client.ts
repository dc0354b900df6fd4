import { Agent, request, type IncomingMessage } from 'node:http';

/** A whole answer. */
export interface Answer {
  status: number;
  text: string;
}

/** What a client asks: the paths below which root, and how it says what its bodies are. */
interface Door {
  root: string;
  contentType: string;
}

const scimDoor: Door = { root: '/scim/v2', contentType: 'application/scim+json; charset=utf-8' };

/** A client on connections that stay open, of SCIM or of what the door says. */
export class HttpClient {
  private readonly agent: Agent;
  private readonly url: URL;
  private readonly token: string;
  private readonly door: Door;

  /** @param connections how many requests may be on their way at once */
  constructor(url: string, token: string, connections: number, door = scimDoor) {
    this.url = new URL(url);
    this.token = token;
    this.door = door;
    this.agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  }

  /**
   * Sends a request to a path below the root of the door.
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
      headers['content-type'] = this.door.contentType;
      headers['content-length'] = Buffer.byteLength(body);
    }
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.url;
      const options = { agent: this.agent, hostname, port, method, path: this.door.root + path, headers };
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
