import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, matchesGlob, relative } from 'node:path';
import { execForm, flagsOf, type Instruction, pairsOf, type Stage } from './dockerfile.ts';

/** What the steps of a Dockerfile come to. */
export interface Image {
  /** The folder that would be `/` in a container. */
  root: string;
  workDir: string;
  environment: Record<string, string>;
  user: string;
  command: string[];
  healthCheck: string[];
}

/** Where the steps are carried out. */
export interface Workshop {
  /** The folder that `docker build` would be given. */
  context: string;
  /** An empty folder, for one folder per stage. */
  folder: string;
}

/**
 * Carries the steps of a Dockerfile out without Docker: each stage is a folder, which holds what `COPY` brings and
 * nothing else, and its commands run there by the Node of this process. An image of the registry is a folder with Node in
 * it; so steps may rely on Node, npm and a shell.
 *
 * @returns the last stage
 * @throws Error naming the line of a step that fails or that is not known here
 */
export function carryOut(stages: readonly Stage[], workshop: Workshop): Image {
  const made = new Map<string, Image>();
  let last: Image | undefined;
  for (const stage of stages) {
    last = begin(stage, made.get(stage.from), workshop);
    for (const instruction of stage.instructions) step(instruction, last, made, workshop);
    made.set(stage.name, last);
  }
  if (!last) throw new Error('The Dockerfile has no stage');
  return last;
}

function begin(stage: Stage, from: Image | undefined, { folder }: Workshop): Image {
  const root = join(folder, stage.name);
  if (from) {
    link(from.root, root);
    return { ...from, root };
  }
  const programs = join(root, 'usr/local/bin');
  mkdirSync(programs, { recursive: true });
  bringNode(join(programs, 'node'));
  return { root, workDir: '/', environment: {}, user: 'root', command: [], healthCheck: [] };
}

/** What another stage made is linked, not copied: a step replaces files and does not write into those that are there. */
function link(from: string, to: string): void {
  const isFolder = statSync(from).isDirectory();
  mkdirSync(isFolder ? to : dirname(to), { recursive: true });
  run('cp', ['--archive', '--link', isFolder ? `${from}/.` : from, to], '/');
}

/** Linked where that goes, which spares 120 MB; copied from another file system. */
function bringNode(place: string): void {
  try {
    linkSync(process.execPath, place);
  } catch {
    copyFileSync(process.execPath, place);
  }
  chmodSync(place, 0o755);
}

function step(instruction: Instruction, image: Image, made: Map<string, Image>, workshop: Workshop): void {
  const { name, text, line } = instruction;
  switch (name) {
    case 'WORKDIR':
      image.workDir = text;
      mkdirSync(join(image.root, text), { recursive: true });
      break;
    case 'COPY':
      copy(instruction, image, made, workshop);
      break;
    case 'RUN':
      process.stderr.write(`RUN ${text}\n`);
      run('sh', ['-c', text], join(image.root, image.workDir), environmentOf(image), `line ${line}`);
      break;
    case 'ENV':
      image.environment = { ...image.environment, ...pairsOf(text) };
      break;
    case 'USER':
      image.user = text;
      break;
    case 'CMD':
      image.command = execForm(text, line);
      break;
    case 'HEALTHCHECK':
      image.healthCheck = execForm(flagsOf(text).rest.replace(/^CMD\s+/, ''), line);
      break;
    case 'LABEL':
    case 'EXPOSE':
      break;
    default:
      throw new Error(`Dockerfile line ${line}: ${name} is not known to scripts/image; teach it`);
  }
}

/** Programs are found in the image first; `npm` and the shell are this machine's. */
export function environmentOf(image: Image): NodeJS.ProcessEnv {
  const path = `${join(image.root, 'usr/local/bin')}:${process.env.PATH}`;
  return { ...npmSettings(), HOME: process.env.HOME, ...image.environment, PATH: path };
}

/** Where packages come from is this machine's business, and those that are here already need not be asked for. */
function npmSettings(): NodeJS.ProcessEnv {
  const given = Object.entries(process.env).filter(([name]) =>
    /^(npm_config_(cache|registry|userconfig|globalconfig)|NODE_EXTRA_CA_CERTS|.*_proxy)$/i.test(name),
  );
  const quick = { npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };
  return { ...Object.fromEntries(given), ...quick };
}

function copy(instruction: Instruction, image: Image, made: Map<string, Image>, workshop: Workshop): void {
  const { flags, rest } = flagsOf(instruction.text);
  const words = rest.split(/\s+/);
  const target = words.pop() ?? '';
  const stage = flags.from === undefined ? undefined : made.get(flags.from);
  const where = `Dockerfile line ${instruction.line}`;
  if (flags.from !== undefined && !stage) throw new Error(`${where}: there is no stage ${flags.from}`);
  const source = stage?.root ?? workshop.context;
  const isIgnored = stage ? () => false : ignoredIn(workshop.context);
  const place = join(image.root, target.startsWith('/') ? target : join(image.workDir, target));
  for (const word of words) {
    const from = join(source, word);
    if (!existsSync(from) || isIgnored(from)) throw new Error(`${where}: COPY finds no ${word}`);
    const isFolder = statSync(from).isDirectory();
    const to = !isFolder && (target.endsWith('/') || words.length > 1) ? join(place, basename(from)) : place;
    if (stage) link(from, to);
    else cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: (file) => !isIgnored(file) });
  }
}

/** The rule of `.dockerignore`: a pattern is meant from the context on, and takes all below what it matches with it. */
function ignoredIn(context: string): (file: string) => boolean {
  const patterns = readFileSync(join(context, '.dockerignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (patterns.some((pattern) => pattern.startsWith('!')))
    throw new Error('.dockerignore: exceptions are not known to scripts/image');
  return (file) => {
    const path = relative(context, file);
    return patterns.some((pattern) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`));
  };
}

function run(
  program: string,
  programArguments: string[],
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
  step = program,
): void {
  const { status, error } = spawnSync(program, programArguments, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0)
    throw new Error(`Dockerfile ${step}: failed (${error?.message ?? `exit code ${status}`})`);
}
