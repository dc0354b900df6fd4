import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const readyWithinMs = 60_000;
const readyPollMs = 50;
const stopWithinMs = 12_000;
const outputKeptChars = 4_000;

/** As `npm start` and the Dockerfile start the service; the others get the same. */
const nodeFlags = ['--max-semi-space-size=8', '--heap-growing-percent=100'];

/** A server under test in a process of its own. */
export class ServerProcess {
  readonly url: string;
  private readonly child: ChildProcess;
  private output = '';

  /**
   * Starts it and does not wait.
   *
   * @param program the file to run
   * @param environment further variables, `PORT` among them
   */
  constructor(program: string, environment: Record<string, string>, port: number) {
    this.url = `http://127.0.0.1:${port}`;
    const flags = [...nodeFlags, ...(process.env.BENCH_NODE_FLAGS?.split(' ') ?? [])];
    this.child = spawn(process.execPath, [...flags, program], {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment, PORT: String(port) },
      // The channel closes when the benchmark is gone, however it went; then the floor and the peer end too.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl-C reaches the benchmark alone, which then ends everything in order.
      detached: true,
    });
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-outputKeptChars);
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
    this.child.on('error', (error) => keep(Buffer.from(error.message)));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /**
   * Waits until the path is answered, whatever the answer is.
   *
   * @throws Error with its last words when it ends before or takes too long
   */
  async ready(path: string): Promise<void> {
    const deadline = performance.now() + readyWithinMs;
    while (performance.now() < deadline && !this.hasEnded()) {
      const response = await fetch(this.url + path).catch(() => null);
      await response?.body?.cancel();
      if (response !== null && response.status < 500) return;
      await sleep(readyPollMs);
    }
    throw new Error(`${this.child.spawnargs.join(' ')} is not ready: ${this.output}`);
  }

  /** Ends it with SIGTERM, after 12 s with SIGKILL. */
  async stop(): Promise<void> {
    if (this.hasEnded() || this.child.pid === undefined) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), stopWithinMs);
    await exited;
    clearTimeout(timer);
  }

  private hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
