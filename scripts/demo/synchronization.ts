import { setTimeout as sleep } from 'node:timers/promises';
import { progressDisplay } from '../../simulator/cycle-progress.ts';
import { DemoError } from './demo-error.ts';
import { ApiError, type Change, type Pending, type ProductApi, type Run } from './product-api.ts';
import { done, line, note, style } from './terminal.ts';

const changesShownPerKind = 2;
const fieldsShownMax = 8;
const valueMaxChars = 40;
const pollMs = 100;
const startAttemptsMax = 5;
const startPauseMs = 500;
const runTimeoutMs = 300_000;

/** Shows the preview: counts, and of each kind of change the first few with their reason. @returns its version */
export async function showPreview(api: ProductApi): Promise<unknown> {
  const { version, summary } = await api.preview(null, 1);
  done(`Pending: ${countsText(summary)}`);
  const kinds = Object.keys(summary).filter((kind) => (summary[kind] ?? 0) > 0);
  for (const kind of kinds) {
    const { items } = await api.preview(kind, changesShownPerKind);
    for (const change of items) await showChange(api, change);
  }
  return version;
}

async function showChange(api: ProductApi, { kind, name, fields, reason }: Change): Promise<void> {
  line();
  line(`${style('yellow', kind.padEnd(10))} ${style('bold', name)}  ${style('dim', reason.text)}`);
  for (const { field, before, after } of fields.slice(0, fieldsShownMax)) {
    const [from, to] = await Promise.all([before, after].map((value) => valueText(api, field, value)));
    line(`${''.padEnd(11)}${field.padEnd(24)} ${before == null ? '' : `${from} `}→ ${to}`);
  }
  if (fields.length > fieldsShownMax) note(`${''.padEnd(11)}and ${fields.length - fieldsShownMax} more`);
}

/** A value as people read it; for a reference, the member's name. */
async function valueText(api: ProductApi, field: string, value: unknown): Promise<string> {
  if (value === null || value === undefined) return '(empty)';
  if (field === 'managerId' && typeof value === 'string') return memberName(api, value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > valueMaxChars ? `${text.slice(0, valueMaxChars - 1)}…` : text;
}

async function memberName(api: ProductApi, id: string): Promise<string> {
  try {
    return (await api.member(id)).displayName ?? id;
  } catch (error) {
    // The manager is a member only when the run has made one.
    if (error instanceof ApiError && error.status === 404) return '(another new member)';
    throw error;
  }
}

/** Starts a run of what the preview showed and follows it to its end. @throws DemoError when it does not succeed */
export async function synchronize(api: ProductApi, previewVersion: unknown): Promise<void> {
  const startedAt = performance.now();
  const id = await start(api, previewVersion);
  const display = progressDisplay(line, process.stdout.isTTY);
  let run: Run;
  try {
    run = await follow(api, id, (current) => {
      if (current.total > 0)
        display.onProgress({ phase: 'synchronize', done: current.done, total: current.total });
    });
  } finally {
    display.stop();
  }
  if (run.state !== 'succeeded') {
    throw new DemoError(
      `The run ended as ${run.state}: ${JSON.stringify(run.error)} (${countsText(run.counts)}).`,
    );
  }
  done(`${countsText(run.counts)}, in ${secondsSince(startedAt)} s`);
}

/** The preview may have changed since it was shown, as when a leaver was handled: then what it says now is run. */
async function start(api: ProductApi, previewVersion: unknown): Promise<string> {
  let version = previewVersion;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await api.synchronize(version)).id;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409 || attempt === startAttemptsMax) throw error;
      await sleep(startPauseMs);
      const preview = await api.preview(null, 1);
      version = preview.version;
      note(`The preview has changed meanwhile: ${countsText(preview.summary)}`);
    }
  }
}

async function follow(api: ProductApi, id: string, onRun: (run: Run) => void): Promise<Run> {
  const until = performance.now() + runTimeoutMs;
  while (performance.now() < until) {
    const run = await api.run(id);
    onRun(run);
    if (run.state !== 'queued' && run.state !== 'running') return run;
    await sleep(pollMs);
  }
  throw new DemoError(`Run ${id} has not ended after ${runTimeoutMs / 1000} s.`);
}

/** The counts that are not zero, in words. */
export function countsText(counts: Pending): string {
  const shown = Object.entries(counts).filter(([, count]) => count > 0);
  return shown.length === 0 ? 'nothing' : shown.map(([kind, count]) => `${count} ${kind}`).join(', ');
}

/** Seconds with one decimal since a moment of `performance.now()`. */
export function secondsSince(startedAt: number): string {
  return ((performance.now() - startedAt) / 1000).toFixed(1);
}
