import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger, type LoggerService } from '@nestjs/common';
import { PassingFaultLog } from './passing-fault-log.ts';

const lines: { level: string; text: string }[] = [];
const line = (level: string) => (fields: unknown, text: unknown) =>
  void lines.push({ level, text: `${String(text)} ${JSON.stringify(fields)}` });
const kept: LoggerService = { log: line('log'), warn: line('warn'), error: line('error') };

const full = Object.assign(new Error('could not extend file "base/5/1": No space left on device'), {
  code: '53100',
  detail: 'of ada@example.com',
});
const silent = new Error('Query read timeout');

describe('the log of conditions that pass', () => {
  let log: PassingFaultLog;

  beforeEach(() => {
    jest.useFakeTimers();
    Logger.overrideLogger(kept);
    lines.length = 0;
    log = new PassingFaultLog();
  });

  afterEach(() => {
    log.onApplicationShutdown();
    Logger.overrideLogger(false);
    jest.useRealTimers();
  });

  it('reports one once in ten seconds, with how often it happened and where', () => {
    for (let times = 0; times < 9_000; times += 1) log.takes(full, 'a request');
    log.report(full, 'Handling leavers', new Logger('test'));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).toMatch(/run out of space.*No space left on device/s);
    jest.advanceTimersByTime(10_000);
    expect(lines).toHaveLength(2);
    expect(lines[1]?.text).toMatch(/9000 more in the last 10 s.*"a request":8999.*"Handling leavers":1/s);
    jest.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(2);
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn']);
    expect(JSON.stringify(lines)).not.toContain('ada@example.com');
  });

  it('tells of each kind by itself, and of one that comes again', () => {
    log.takes(full, 'a request');
    log.takes(silent, 'a request');
    expect(lines).toHaveLength(2);
    jest.advanceTimersByTime(20_000);
    log.takes(full, 'a request');
    expect(lines).toHaveLength(3);
  });

  it('leaves a bug to the code that met it', () => {
    const bug = new TypeError('x is not a function');
    expect(log.takes(bug, 'a request')).toBe(false);
    log.report(bug, 'Handling leavers', new Logger('test'));
    log.report(bug, 'Handling leavers', new Logger('test'));
    expect(lines.map(({ level }) => level)).toEqual(['error', 'error']);
  });

  it('says which setting to change behind a pooler that knows no prepared statements', () => {
    log.takes(
      Object.assign(new Error('prepared statement "x" does not exist'), { code: '26000' }),
      'a request',
    );
    expect(lines[0]?.text).toContain('PREPARED_STATEMENTS=off');
  });
});
