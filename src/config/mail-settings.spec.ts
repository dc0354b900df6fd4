import { describe, expect, it } from '@jest/globals';
import { parseMailAddress, parseSmtpUrl } from './mail-settings.ts';

describe('SMTP_URL', () => {
  it.each([
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, isSecure: false, login: null }],
    ['smtps://mail.example.com/', { host: 'mail.example.com', port: 465, isSecure: true, login: null }],
    ['smtp://127.0.0.1:2525', { host: '127.0.0.1', port: 2525, isSecure: false, login: null }],
    ['smtp://[::1]:25', { host: '::1', port: 25, isSecure: false, login: null }],
    [
      'smtps://me%40example.com:p%2Fw%3A%20x@mail.example.com:4650',
      {
        host: 'mail.example.com',
        port: 4650,
        isSecure: true,
        login: { user: 'me@example.com', password: 'p/w: x' },
      },
    ],
  ])('%s names a server', (text, server) => {
    expect(parseSmtpUrl(text)).toEqual(server);
  });

  it.each([
    'mail.example.com',
    'https://mail.example.com',
    'smtp://',
    'smtp:mail',
    'smtp://user@mail.example.com',
    'smtp://:pw@mail.example.com',
    'smtp://mail.example.com?tls.rejectUnauthorized=false',
    'smtp://mail.example.com/inbox',
    'smtp://mail.example.com#x',
    'smtp://u:%zz@mail.example.com',
    'smtp://mail.example.com:99999',
  ])('%s is none', (text) => {
    expect(parseSmtpUrl(text)).toBeNull();
  });
});

describe('MAIL_FROM', () => {
  it.each([
    ['a@example.com', null, 'a@example.com'],
    ['<a@example.com>', null, 'a@example.com'],
    ['Mooncamp <no-reply+x@example.com>', 'Mooncamp', 'no-reply+x@example.com'],
    ['"Moon, Camp" <a@example.com>', 'Moon, Camp', 'a@example.com'],
  ])('%s is an address', (text, name, address) => {
    expect(parseMailAddress(text)).toEqual({ name, address });
  });

  it.each([
    'a',
    'a@',
    '@example.com',
    'a b@example.com',
    'a@example.com, b@example.com',
    'A <a@example.com> B',
    'A <a@example.com',
    'A\r\nBcc: b@example.com <a@example.com>',
  ])('%j is none', (text) => {
    expect(parseMailAddress(text)).toBeNull();
  });
});
