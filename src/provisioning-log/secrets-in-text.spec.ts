import { describe, expect, it } from '@jest/globals';
import { secretMark, withoutQuotedSecrets, withoutSecrets } from './secrets-in-text.ts';

const secret = 'Hunter2-Hunter2';

describe('a text that may be logged', () => {
  it.each([
    [`password eq "${secret}"`, `password eq ${secretMark}`],
    [`userName eq "ada" and password sw "${secret}"`, `userName eq "ada" and password sw ${secretMark}`],
    [`password eq ${secret}`, `password eq ${secretMark}`],
    [`password[value eq "${secret}"]`, `password[${secretMark}`],
    [`urn:acme:2.0:User:Kennwort co "${secret}"`, `urn:acme:2.0:User:Kennwort co ${secretMark}`],
    [`https://idp.example/photo?size=2&access_token=${secret}#x`, undefined],
    [`user=ada&pin=${secret}`, `user=ada&pin=${secretMark}`],
    [`Kennwort: ${secret}`, `Kennwort: ${secretMark}`],
    [`{"userName":"ada","password":"${secret}`, undefined],
    [`{\\"password\\":\\"${secret}\\"}`, undefined],
    [`Authorization header Bearer ${secret}`, `Authorization header Bearer ${secretMark}`],
    [`-----BEGIN RSA PRIVATE KEY-----\n${secret}`, secretMark],
    [`credentials[type eq "password" and value eq "${secret}"]`, undefined],
  ])('leaves the secret out of %j and says so', (text, kept) => {
    expect(withoutSecrets(text)).not.toContain(secret);
    expect(withoutSecrets(text)).toContain(secretMark);
    if (kept !== undefined) expect(withoutSecrets(text)).toBe(kept);
  });

  it.each([
    'userName eq "token@example.com"',
    'displayName eq "password eq nothing"',
    'emails[type eq "work"].value',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    'https://example.com/?q=a&pincode=560001',
    'Secretary: Ada Lovelace',
    'tokenCount=7',
  ])('stays as it is: %j', (text) => expect(withoutSecrets(text)).toBe(text));

  it('of a refusal that quotes the path has none of it', () => {
    const detail = `There is no attribute "password[value eq "${secret}"]" in a User.`;
    expect(withoutQuotedSecrets(detail)).toBe(`There is no attribute "password[${secretMark}`);
  });

  it.each(['a', 'a:', '"\\', 'token ', 'type eq "', 'Bearer ', '[', ' '])(
    'is read in a time that grows with its length, though it is made of %j',
    (part) => {
      const timeOf = (length: number): number => {
        const text = part.repeat(length / part.length) + '[=:';
        const before = process.cpuUsage();
        withoutSecrets(text);
        return process.cpuUsage(before).user / 1_000;
      };
      timeOf(4_000);
      // Sixteen times the text may take the square of the time, and a busy machine four times that. One power more takes
      // minutes.
      expect(timeOf(16_000)).toBeLessThan(timeOf(1_000) * 16 * 16 * 4 + 2_000);
    },
  );
});
