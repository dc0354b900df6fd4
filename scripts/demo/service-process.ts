import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DemoError } from './demo-error.ts';

/** What the service is started with. */
export interface ServiceSettings {
  port: number;
  dataFolder: string;
  operatorToken: string;
  /** A migrated database without data; null: the embedded one, which is the default. */
  databaseUrl?: string | null;
}

const projectFolder = join(import.meta.dirname, '../..');
const linesKeptMax = 20;
const readyTimeoutMs = 90_000;
const readyPollMs = 100;
const stopTimeoutMs = 15_000;

/** The service as a child process. */
export class ServiceProcess {
  readonly url: string;
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];
  private failure: string | null = null;
  private stopping = false;

  constructor({ port, dataFolder, operatorToken, databaseUrl = null }: ServiceSettings) {
    this.url = `http://127.0.0.1:${port}`;
    this.child = spawn(process.execPath, [join(projectFolder, 'dist/src/main.js')], {
      cwd: projectFolder,
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl ?? undefined,
        // The embedded database brings a key of its own.
        SECRETS_KEY: databaseUrl === null ? undefined : operatorToken,
        PUBLIC_URL: undefined,
        HOST: '127.0.0.1',
        PORT: String(port),
        DATA_DIR: dataFolder,
        OPERATOR_TOKEN: operatorToken,
        // The product that listens to webhooks runs on this machine, too.
        WEBHOOK_ALLOW_PRIVATE: 'on',
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
        NO_COLOR: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C reaches the demo alone, which then ends the service in order.
      detached: true,
    });
    this.child.stdout?.on('data', (chunk: Buffer) => this.keep(chunk));
    this.child.stderr?.on('data', (chunk: Buffer) => this.keep(chunk));
    this.child.on('error', (error) => (this.failure = error.message));
    this.child.on('exit', (code, signal) => (this.failure ??= `it ended with ${signal ?? `code ${code}`}`));
  }

  /** Process id. @throws DemoError when the process could not be started */
  get pid(): number {
    if (this.child.pid === undefined) throw new DemoError('The service could not be started.');
    return this.child.pid;
  }

  /** What the service said last, newest at the end. */
  get lastLines(): readonly string[] {
    return this.lines;
  }

  /** Waits until `/health/ready` is 200. @throws DemoError when the service ends before, or takes too long */
  async ready(): Promise<void> {
    const until = performance.now() + readyTimeoutMs;
    while (performance.now() < until) {
      if (this.failure !== null) throw new DemoError(`The service did not start: ${this.failure}.`);
      const response = await fetch(`${this.url}/health/ready`).catch(() => null);
      await response?.body?.cancel();
      if (response?.status === 200) return;
      await sleep(readyPollMs);
    }
    throw new DemoError(`The service was not ready after ${readyTimeoutMs / 1000} s.`);
  }

  /** Resolves with the reason if the service ends by itself. */
  async ended(): Promise<string> {
    if (this.failure === null) await once(this.child, 'exit');
    return this.stopping
      ? 'stopped'
      : `The service ended unexpectedly: ${this.failure ?? 'no reason known'}.`;
  }

  /** Ends the service with SIGTERM, and its PostgreSQL with it; after 15 s with SIGKILL. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.failure !== null || this.child.pid === undefined) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), stopTimeoutMs);
    await exited;
    clearTimeout(timer);
  }

  private keep(chunk: Buffer): void {
    this.lines.push(
      ...chunk
        .toString()
        .split('\n')
        .filter((text) => text.trim() !== ''),
    );
    this.lines.splice(0, Math.max(0, this.lines.length - linesKeptMax));
  }
}
