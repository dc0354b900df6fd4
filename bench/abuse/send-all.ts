import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Order } from './attacker.ts';

/** Sends requests from a process of its own. @returns how often each outcome came */
export async function sendAll(order: Order): Promise<Record<string, number>> {
  const program = join(import.meta.dirname, 'attacker.ts');
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(order));
  const [outcomes] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return JSON.parse(outcomes) as Record<string, number>;
}
