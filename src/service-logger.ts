import { Logger } from 'nestjs-pino';

/** What the framework says of its own start: of interest to who debugs it, a flood to everybody else. */
const chattyContexts = [
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
];

/** The logger of the service and the framework, which keeps the framework's start quiet. */
export class ServiceLogger extends Logger {
  override log(message: unknown, ...parameters: unknown[]): void {
    const context: unknown = parameters.at(-1);
    const isChatty = typeof context === 'string' && chattyContexts.includes(context);
    if (isChatty) super.debug(message, ...parameters);
    else super.log(message, ...parameters);
  }

  /** That it cannot listen is said once, by whoever ends the process for it. */
  override error(message: unknown, ...parameters: unknown[]): void {
    if (parameters.at(-1) === 'NestApplication') super.debug(message, ...parameters);
    else super.error(message, ...parameters);
  }
}
