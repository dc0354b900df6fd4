import { type ChildProcess, spawn } from 'node:child_process';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { isObject, own } from '../scim-core/resource.ts';

export const simulatedProviders = ['entra', 'okta'] as const;
export type SimulatedProvider = (typeof simulatedProviders)[number];

export const simulationPhases = ['users', 'disabled users', 'managers', 'groups', 'members'] as const;
export type SimulationPhase = (typeof simulationPhases)[number];

/** The simulator stands beside this program, built or as its source; it is started, never imported. */
const program = join(import.meta.dirname, `../../simulator/cli${extname(import.meta.filename)}`);
/** Few at a time and without hurry, so that people can be seen arriving. */
const requestsAtOnceMax = 2;
const pauseMs = 30;
const peoplePerGroup = 20;
const complaintLengthMaxChars = 500;
/** Each provider has a company of its own. */
const seeds: Record<SimulatedProvider, number> = { entra: 1, okta: 2 };

/** What to play, and where to send it. */
export interface Play {
  provider: SimulatedProvider;
  people: number;
  /** 0: everybody, as on the first day; later ones: what that day changed. */
  day: number;
  /** The tenant URL. */
  url: string;
  token: string;
}

/** How far it is. */
export interface SimulatorProgress {
  phase: SimulationPhase | null;
  done: number;
  total: number;
}

/** How it ended: `failures` people and groups were refused; `error`: nothing could be done at all. */
export interface SimulatorEnd {
  failures: number;
  error: string | null;
}

/** What Node has compiled of the simulator, where this process keeps such a thing: it begins in a quarter of the time. */
function compileCache(): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE } = process.env;
  return NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
}

/** The simulator as a process of its own. It gets a URL and a token, and can do what an identity provider can. */
export class SimulatorProcess {
  progress: SimulatorProgress = { phase: null, done: 0, total: 0 };
  /** Resolves when it has ended, of whatever cause. */
  readonly ended: Promise<SimulatorEnd>;
  private readonly child: ChildProcess;
  private end: SimulatorEnd | null = null;
  private complaint = '';

  constructor({ provider, people, day, url, token }: Play) {
    const options = {
      url,
      users: people,
      groups: Math.ceil(people / peoplePerGroup),
      seed: seeds[provider],
      cycle: day === 0 ? 'initial' : 'incremental',
      day,
      concurrency: requestsAtOnceMax,
      pause: pauseMs,
      output: 'json',
    };
    const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    this.child = spawn(process.execPath, [program, provider, ...given], {
      env: { SCIM_TOKEN: token, ...compileCache() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.complaint = (this.complaint + chunk.toString()).slice(-complaintLengthMaxChars);
    });
    if (this.child.stdout) {
      createInterface({ input: this.child.stdout }).on('line', (line) => this.hear(line));
    }
    this.ended = new Promise((resolve) => {
      const silent = () => ({ failures: 0, error: this.complaint.trim() || 'The simulator ended early.' });
      this.child.once('error', (error) => resolve({ failures: 0, error: error.message }));
      this.child.once('close', () => resolve(this.end ?? silent()));
    });
  }

  /** Ends it. */
  stop(): void {
    this.child.kill();
  }

  private hear(line: string): void {
    const said = parseLine(line);
    const progress = own(said, 'progress');
    const phase = simulationPhases.find((known) => known === own(progress, 'phase'));
    if (phase !== undefined) {
      this.progress = { phase, done: Number(own(progress, 'done')), total: Number(own(progress, 'total')) };
    }
    const test = own(said, 'test');
    if (own(test, 'ok') === false) this.end = { failures: 0, error: String(own(test, 'detail')) };
    const report = own(said, 'report');
    if (isObject(report)) {
      const { failures, quarantined } = report;
      this.end = {
        failures: Array.isArray(failures) ? failures.length : 0,
        error: typeof quarantined === 'string' ? quarantined : null,
      };
    }
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    // Not one of its lines.
    return undefined;
  }
}
