import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { plainStack } from '../errors/plain-error.ts';

/** What the framework says of its own start: of interest to who debugs it, a flood to everybody else. */
const chattyContexts = [
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
];

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** The framework's logger, by pino; it keeps the framework's start quiet. */
export class ServiceLogger implements LoggerService {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    const isChatty = typeof context === 'string' && chattyContexts.includes(context);
    this.#write(isChatty ? 'debug' : 'info', message, rest);
  }

  /** A failure to listen is reported once, by the code that ends the process. */
  error(message: unknown, ...rest: unknown[]): void {
    this.#write(rest.at(-1) === 'NestApplication' ? 'debug' : 'error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  /**
   * @param message a text, an error, or an object of fields with the text behind it
   * @param rest the text or a stack trace, if any; the context comes last
   */
  #write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const [text] = rest.slice(0, -1);
    if (message instanceof Error) this.#log[level]({ context, err: message });
    else if (typeof message === 'object' && message !== null) {
      this.#log[level]({ context, ...message }, typeof text === 'string' ? text : undefined);
    } else if (typeof text === 'string')
      this.#log[level]({ context, stack: plainStack(text) }, String(message));
    else this.#log[level]({ context }, String(message));
  }
}
