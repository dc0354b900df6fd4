import { isIP } from 'node:net';
import type { SmtpServer } from '../../config/mail-settings.ts';
import { seconds } from '../../errors/duration.ts';

/** How long the server may take for its greeting, or between two of its answers. */
const silenceMaxMs = seconds(15);

/** Speaks with the operator's mail server. The library is loaded only where there is one. */
export async function transportTo({ host, port, isSecure, login }: SmtpServer) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host,
    port,
    secure: isSecure,
    // A password must not cross a network in clear, whatever somebody between makes of the server's offers.
    requireTLS: !isSecure && login !== null && !isThisMachine(host),
    ...(login !== null && { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: silenceMaxMs,
    greetingTimeout: silenceMaxMs,
    socketTimeout: silenceMaxMs,
    dnsTimeout: silenceMaxMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
