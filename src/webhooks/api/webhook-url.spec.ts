import { describe, expect, it } from '@jest/globals';
import { BadInputError } from '../../errors/domain-errors.ts';
import { readWebhookUrl } from './webhook-url.ts';

function problemOf(text: string, allowPrivate: boolean): string | null {
  try {
    readWebhookUrl(text, allowPrivate);
    return null;
  } catch (error) {
    if (error instanceof BadInputError) return error.message;
    throw error;
  }
}

describe('the URL of a webhook', () => {
  it.each([
    'https://product.example/events',
    'https://product.example:8443/a?b=c',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://bücher.example/',
  ])('may be %s', (text) => {
    expect(problemOf(text, false)).toBeNull();
  });

  it.each([
    ['product.example/events', /URL such as/],
    ['', /URL such as/],
    [' https://product.example/', /URL such as/],
    ['https://product.example/a b', /URL such as/],
    ['https://product.example:99999/', /URL such as/],
    ['ftp://product.example/', /https/],
    ['file:///etc/passwd', /https/],
    ['http://product.example/', /https.*WEBHOOK_ALLOW_PRIVATE/],
    ['https://user:secret@product.example/', /no user name/],
    ['https://user@product.example/', /no user name/],
    ['https://product.example/#', /fragment/],
    ['https://product.example/#part', /fragment/],
    ['https://localhost/', /public/],
    ['https://api.LOCALHOST./', /public/],
    ['https://127.0.0.1/', /public/],
    ['https://0x7f.1/', /public/],
    ['https://2130706433/', /public/],
    ['https://169.254.169.254/latest/meta-data', /public/],
    ['https://[::1]/', /public/],
    ['https://[::ffff:10.0.0.1]/', /public/],
    ['https://[fd00:ec2::254]/', /public/],
    ['https://[::127.0.0.1]/', /public/],
    ['https://[::a9fe:a9fe]/', /public/],
    ['https://[64:ff9b:1::a9fe:a9fe]/', /public/],
    ['https://[4000::1]/', /public/],
    ['https://0177.0.0.1/', /public/],
    ['https://１２７.0.0.1/', /public/],
    ['https://127.0.0.1.:443/', /public/],
  ])('may not be %s', (text, words) => {
    expect(problemOf(text, false)).toMatch(words);
  });

  it('may be http and private where the operator allows it, and nothing else changes', () => {
    for (const text of ['http://localhost:3001/', 'http://10.0.0.1/', 'http://[::1]:3001/'])
      expect(problemOf(text, true)).toBeNull();
    for (const text of ['http://a:b@localhost/', 'http://localhost/#', 'ftp://localhost/'])
      expect(problemOf(text, true)).not.toBeNull();
  });

  it('that is refused does not repeat a password', () => {
    expect(problemOf('https://user:secret@product.example/', false)).not.toMatch(/secret/);
  });
});
