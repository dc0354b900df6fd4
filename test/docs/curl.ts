/**
 * Stands in for curl while the commands of the docs run: it sends the request to the service of the test instead of
 * `localhost:3000`, prints the body, and notes request and answer for the test.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    silent: { type: 'boolean', short: 's' },
    fail: { type: 'boolean', short: 'f' },
    request: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true },
    data: { type: 'string', short: 'd' },
    'data-binary': { type: 'string' },
    output: { type: 'string', short: 'o' },
    user: { type: 'string', short: 'u' },
  },
});
const { DOCS_BLOCK = '', DOCS_EXCHANGES = '', DOCS_SERVICE = '' } = process.env;
const [target = ''] = positionals;
const url = filled(target.startsWith('http') ? target : `http://${target}`);
if (!url.startsWith('http://localhost:3000')) throw new Error(`No address of the service: ${url}`);
const headers = (values.header ?? []).map((line): [string, string] => {
  const [name = '', ...value] = filled(line).split(':');
  return [name, value.join(':').trim()];
});
if (values.user !== undefined)
  headers.push(['Authorization', `Basic ${Buffer.from(filled(values.user)).toString('base64')}`]);
// As curl does it.
if (values.data !== undefined && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
  headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
const body = bodyOf(values.data ?? values['data-binary']);
const method = values.request ?? (body === null ? 'GET' : 'POST');
const answer = await fetch(url.replace('http://localhost:3000', DOCS_SERVICE), { method, headers, body });
const text = await answer.text();
const exchange = {
  block: Number(DOCS_BLOCK),
  request: `${method} ${new URL(url).pathname}`,
  status: answer.status,
  headers: Object.fromEntries(answer.headers),
  body: text,
};
appendFileSync(DOCS_EXCHANGES, `${JSON.stringify(exchange)}\n`);
if (values.output === undefined) process.stdout.write(text);
else writeFileSync(values.output, text);
if (values.fail && !answer.ok) process.exitCode = 22;

function bodyOf(data: string | undefined): string | Buffer | null {
  if (data === undefined) return null;
  return data.startsWith('@') ? readFileSync(data.slice(1) === '-' ? 0 : data.slice(1)) : filled(data);
}

/** Blocks of HTTP name the variables of the shell: `/scim/v2/Users/$ID`. */
function filled(value: string): string {
  return value.replaceAll(/\$([A-Z][A-Z_]*)/g, (_, name: string) => {
    const found = process.env[name];
    if (found === undefined) throw new Error(`No command has set ${name}`);
    return found;
  });
}
