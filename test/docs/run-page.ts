import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Block, Page } from './page.ts';
import { type Exchange, StandIns, standInScript } from './stand-ins.ts';

export interface PageSettings {
  serviceUrl: string;
  operatorToken: string;
  /** Variables that the page takes as given. */
  variables: Record<string, string>;
  /** The scripts of package.json. */
  scripts: readonly string[];
}

/** Commands that the docs may use beside those that the test stands in for. */
const allowedCommands = ['/bin/cat', '/bin/sleep', '/bin/grep', '/bin/mkdir', '/bin/base64'];
const pageMaxMs = 110_000;

export const isRequest = ({ language, text }: Block) => language === 'http' && !isAnswer(text);
export const isAnswer = (text: string) => text.startsWith('HTTP/1.1 ');
export const isRun = (block: Block) => block.note === '' && (block.language === 'sh' || isRequest(block));

/**
 * Runs the commands and requests of a page in their order, in one shell, so that a variable that one sets is known to
 * the next.
 *
 * @returns all requests with their answers
 * @throws Error with what the shell said, when a command fails
 */
export async function runPage(page: Page, settings: PageSettings): Promise<Exchange[]> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-page-'));
  const standIns = await StandIns.listen(settings.serviceUrl);
  try {
    const commands = await givenCommands(folder, settings.scripts, standIns.port);
    await mkdir(join(folder, '.data'));
    await writeFile(join(folder, '.data/operator-token'), settings.operatorToken);
    const script = scriptOf(page);
    const run = promisify(execFile)('/bin/bash', ['-c', script], {
      cwd: folder,
      timeout: pageMaxMs,
      env: { ...settings.variables, PATH: commands },
    });
    await run.catch((error: Error & { stderr?: string }) => {
      throw new Error(`${page.path}: ${error.stderr || error.message}`);
    });
    return standIns.exchanges;
  } finally {
    await standIns.close();
    await rm(folder, { recursive: true });
  }
}

function scriptOf({ blocks }: Page): string {
  const parts = blocks.map((block, at) => {
    if (!isRun(block)) return '';
    const begin = `export DOCS_BLOCK=${at}; trap 'echo "in the block of line ${block.line}" >&2' ERR`;
    return `${begin}\n${block.language === 'sh' ? block.text : curlOf(block.text)}`;
  });
  return ['set -aeuo pipefail', ...parts].join('\n');
}

/** `POST /scim/v2/Users`, headers, an empty line, a body. */
function curlOf(request: string): string {
  const [head = '', ...body] = request.trimEnd().split('\n\n');
  const [first = '', ...headers] = head.split('\n');
  const [method = '', path = ''] = first.split(' ');
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return [
    `curl -s -X ${method} ${quoted(`http://localhost:3000${path}`)}`,
    ...headers.map((header) => `-H ${quoted(header)}`),
    ...(body.length === 0 ? [] : [`-d ${quoted(body.join('\n\n'))}`]),
  ].join(' ');
}

/** A folder of commands, the only one in PATH: what is not there cannot be used in the docs. */
async function givenCommands(
  folder: string,
  scripts: readonly string[],
  standInPort: number,
): Promise<string> {
  const commands = join(folder, 'commands');
  await mkdir(commands);
  for (const name of ['curl', 'jq']) await command(commands, name, standInScript(name, standInPort));
  const known = ['ci', ...scripts.map((name) => `run:${name}`), 'start', 'test'].join(' | ');
  const check = `#!/bin/sh\n[ "$1" = run ] && name="run:$2" || name="$1"\ncase "$name" in ${known}) exit 0;; esac`;
  await command(commands, 'npm', `${check}\necho "npm $* is no script" >&2\nexit 1\n`);
  for (const path of allowedCommands) await symlink(path, join(commands, path.slice('/bin/'.length)));
  return commands;
}

async function command(folder: string, name: string, text: string): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, text);
  await chmod(file, 0o700);
}
