import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.ts';
import type { SmtpServer } from '../../config/mail-settings.ts';
import { seconds } from '../../errors/duration.ts';
import type { Mail } from './mail.ts';
import { transportTo } from './mail-transport.ts';
import type { MailError, Sent } from './send-errors.ts';

type Transport = Awaited<ReturnType<typeof transportTo>>;

/** How long the mail server may take for one mail, as a whole. */
export const mailMaxMs = seconds(30);

/** Of what the mail server says, this much is kept. */
export const mailAnswerMaxChars = 300;

/**
 * Hands mail to the operator's mail server, one connection for each. What it says is kept for the admin and never logged: it
 * may name the mailbox.
 */
@Injectable()
export class Mailer {
  readonly #config: Config;
  #transport: Promise<Transport> | null = null;

  constructor(config: Config) {
    this.#config = config;
  }

  /**
   * Sends a mail. Never rejects for what the mail server does.
   *
   * @param signal ends the attempt
   * @throws the reason of the signal, and what kept the library of mail from being loaded: that is not the server's fault
   */
  async send(mail: Mail, signal?: AbortSignal): Promise<Sent> {
    const { mail: settings } = this.#config;
    if (settings === null) return failed('mail-off', null, null);
    const transport = await this.#ready(settings.server);
    const inTime = AbortSignal.timeout(mailMaxMs);
    const ends = signal === undefined ? inTime : AbortSignal.any([inTime, signal]);
    try {
      const { response } = await transport.sendMail({ ...mail, signal: ends });
      return { status: replyCode(response), error: null, answer: storable(response), retryAfterMs: null };
    } catch (error) {
      signal?.throwIfAborted();
      return sentOf(error);
    }
  }

  /** One for all mails, as soon as the library could be loaded. */
  async #ready(server: SmtpServer): Promise<Transport> {
    const loading = (this.#transport ??= transportTo(server));
    try {
      return await loading;
    } catch (error) {
      if (this.#transport === loading) this.#transport = null;
      throw error;
    }
  }
}

/** What the library says of a failure. */
interface MailFailure {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

/** A refusal of the mailbox or of the message is final; everything else passes, or the operator has to act. */
function sentOf(error: unknown): Sent {
  const { code, command = '', responseCode, response } = (error ?? {}) as MailFailure;
  return failed(errorOf(code, command, responseCode), responseCode ?? null, response ?? null);
}

function errorOf(code: string | undefined, command: string, status: number | undefined): MailError {
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'mail-login';
  if (status === undefined) return 'mail-unreachable';
  if (status < 500) return 'mail-later';
  if (command.startsWith('RCPT')) return 'recipient-refused';
  if (command.startsWith('MAIL')) return 'mail-sender';
  return command.startsWith('DATA') ? 'mail-refused' : 'mail-later';
}

function failed(error: MailError, status: number | null, answer: string | null): Sent {
  return { status, error, answer: storable(answer), retryAfterMs: null };
}

function replyCode(response: string | undefined): number | null {
  const code = Number((response ?? '').slice(0, 3));
  return Number.isInteger(code) && code > 0 ? code : null;
}

/** On one line, without what PostgreSQL refuses, and not too long. */
function storable(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text === '') return null;
  const line = text.replaceAll(/\p{Cc}+/gu, ' ').toWellFormed();
  return line.slice(0, mailAnswerMaxChars).toWellFormed();
}
