import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** A request that a block sent, and its answer. */
export interface Exchange {
  block: number;
  request: string;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** How a command was called in the shell. */
interface Called {
  args: string[];
  folder: string;
  variables: ReadonlyMap<string, string>;
  input: string;
}

/** What it ends with. */
interface Ended {
  code: number;
  output: string;
}

/** The HTTP status is 400 or above, and `--fail` was given. */
const refusedCode = 22;

/**
 * What each command is in the shell: it hands over how it was called, and ends as it is told. A program of its own for each
 * would take longer to begin than all that it does.
 */
export const standInScript = (name: string, port: number) => `#!/bin/bash
case "${name} $*" in jq* | *@-*) IFS= read -r -d '' input || true ;; *) input= ;; esac
fields=("${name}" "$PWD" "$input" "$#" "$@")
for variable in $(compgen -e); do fields+=("$variable" "\${!variable}"); done
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' "\${#fields[@]}" "\${fields[@]}" >&3
read -r code to <&3
cat <&3 >&"$to"
exit "$code"
`;

/** Stands in for `curl` and `jq` while the commands of a page run. */
export class StandIns {
  readonly exchanges: Exchange[] = [];
  private readonly server: Server;
  private readonly serviceUrl: string;

  private constructor(serviceUrl: string) {
    this.serviceUrl = serviceUrl;
    this.server = createServer((socket) => this.hear(socket));
  }

  static async listen(serviceUrl: string): Promise<StandIns> {
    const standIns = new StandIns(serviceUrl);
    await new Promise<void>((resolve) => standIns.server.listen(0, '127.0.0.1', resolve));
    return standIns;
  }

  get port(): number {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('Nothing listens');
    return address.port;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  private hear(socket: Socket): void {
    let heard = '';
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard += String(chunk);
      const [count = '', ...fields] = heard.split('\0');
      // Behind the last one is a NUL, too.
      if (fields.length <= Number(count)) return;
      this.carryOut(fields.slice(0, -1)).then(
        ({ code, output }) => socket.end(`${code} 1\n${output}`),
        (error: unknown) => socket.end(`1 2\n${String(error)}\n`),
      );
    });
  }

  private async carryOut(fields: string[]): Promise<Ended> {
    const [name = '', folder = '', input = '', count = '', ...rest] = fields;
    const args = rest.splice(0, Number(count));
    const variables = new Map<string, string>();
    for (let at = 0; at < rest.length; at += 2) variables.set(rest[at] ?? '', rest[at + 1] ?? '');
    const called = { args, folder, variables, input };
    return name === 'jq' ? jq(called) : this.curl(called);
  }

  /** Sends the request to the service of the test instead of `localhost:3000`, and notes it with its answer. */
  private async curl(called: Called): Promise<Ended> {
    const { values, positionals } = parseArgs({ args: called.args, allowPositionals: true, options });
    const [target = ''] = positionals;
    const url = filled(target.startsWith('http') ? target : `http://${target}`, called);
    if (!url.startsWith('http://localhost:3000')) throw new Error(`No address of the service: ${url}`);
    const headers = (values.header ?? []).map((line): [string, string] => {
      const [key = '', ...value] = filled(line, called).split(':');
      return [key, value.join(':').trim()];
    });
    if (values.user !== undefined)
      headers.push(['Authorization', `Basic ${Buffer.from(filled(values.user, called)).toString('base64')}`]);
    // As curl does it.
    if (values.data !== undefined && !headers.some(([key]) => key.toLowerCase() === 'content-type'))
      headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
    const body = bodyOf(values.data ?? values['data-binary'], called);
    const method = values.request ?? (body === null ? 'GET' : 'POST');
    const at = url.replace('http://localhost:3000', this.serviceUrl);
    const answer = await fetch(at, { method, headers, body });
    const text = await answer.text();
    this.exchanges.push({
      block: Number(called.variables.get('DOCS_BLOCK')),
      request: `${method} ${new URL(url).pathname}`,
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: text,
    });
    if (values.output !== undefined) writeFileSync(resolve(called.folder, values.output), text);
    return {
      code: values.fail && !answer.ok ? refusedCode : 0,
      output: values.output === undefined ? text : '',
    };
  }
}

const options = {
  silent: { type: 'boolean', short: 's' },
  fail: { type: 'boolean', short: 'f' },
  request: { type: 'string', short: 'X' },
  header: { type: 'string', short: 'H', multiple: true },
  data: { type: 'string', short: 'd' },
  'data-binary': { type: 'string' },
  output: { type: 'string', short: 'o' },
  user: { type: 'string', short: 'u' },
} as const;

function bodyOf(data: string | undefined, called: Called): string | null {
  if (data === undefined) return null;
  if (!data.startsWith('@')) return filled(data, called);
  const file = data.slice(1);
  return file === '-' ? called.input : readFileSync(resolve(called.folder, file), 'utf8');
}

/** Blocks of HTTP name the variables of the shell: `/scim/v2/Users/$ID`. */
function filled(value: string, { variables }: Called): string {
  return value.replaceAll(/\$([A-Z][A-Z_]*)/g, (_, name: string) => {
    const found = variables.get(name);
    if (found === undefined) throw new Error(`No command has set ${name}`);
    return found;
  });
}

/** Knows paths such as `-r '.items[0].id'`. */
function jq({ args, input }: Called): Ended {
  const path = args.find((argument) => argument !== '-r') ?? '.';
  let value = JSON.parse(input) as unknown;
  for (const [, key, index] of path.matchAll(/\.([A-Za-z]+)|\[(\d+)\]/g)) {
    value = (value as Record<string, unknown> | null)?.[key ?? Number(index)] ?? null;
  }
  if (value === null) throw new Error(`There is no ${path}`);
  return { code: 0, output: `${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n` };
}
