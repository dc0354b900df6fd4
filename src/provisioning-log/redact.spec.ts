import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bodyLengthMaxChars, cutMark, redactedPath, redactedText } from './redact.ts';
import { secretMark } from './secrets-in-text.ts';

/** No body of the cases contains it by chance. */
const secret = 'Hunter2-Hunter2';
const secretKeys = ['password', 'Password', 'clientSecret', 'api_key', 'access-token', 'x:User:passWord'];
const plainKeys = ['userName', 'title', 'emails', 'active', 'Operations'];

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const anyKey = fc.oneof(fc.constantFrom(...plainKeys), fc.string());
const secretBearer = fc.oneof(
  fc.constantFrom(...secretKeys).map((key) => ({ [key]: secret })),
  fc.constantFrom(...secretKeys).map((key) => ({ [key]: { deeper: [secret] } })),
  fc.constantFrom(...secretKeys).map((path) => ({ op: 'replace', path, value: secret })),
  fc.constantFrom(...secretKeys).map((name) => ({ Name: name, VALUE: [{ value: secret }] })),
);
const { body: anyBody } = fc.letrec((tie) => ({
  body: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    secretBearer,
    fc.array(tie('body'), { maxLength: 6 }),
    fc.dictionary(anyKey, tie('body'), { maxKeys: 6 }),
  ),
}));

describe('what is kept of a body', () => {
  it('contains no secret, however deep and however it is named', () => {
    fc.assert(fc.property(anyBody, (body) => expect(redactedText(body)).not.toContain(secret)));
  });

  it('is the body itself when there is nothing to hide and nothing to cut', () => {
    const plain = fc.dictionary(fc.constantFrom(...plainKeys), fc.oneof(leaf, fc.array(leaf)));
    fc.assert(
      fc.property(plain, (body) =>
        expect(JSON.parse(redactedText(body) ?? '')).toEqual(JSON.parse(JSON.stringify(body))),
      ),
    );
  });

  it('is whole JSON and not longer than the limit, however large the body', () => {
    const large = fc.record({ body: anyBody, times: fc.integer({ min: 1, max: 3_000 }), long: fc.string() });
    fc.assert(
      fc.property(large, ({ body, times, long }) => {
        const text = redactedText({
          many: Array.from({ length: times }, () => body),
          [long.repeat(times)]: long,
          text: '\0'.repeat(times * 10),
        });
        expect(text?.length).toBeLessThanOrEqual(bodyLengthMaxChars);
        expect(() => JSON.parse(text ?? '') as unknown).not.toThrow();
      }),
    );
  });

  it('says how much was cut', () => {
    const members = Array.from({ length: 10_000 }, (_, at) => ({ value: `person-${at}` }));
    const kept = JSON.parse(redactedText({ members }) ?? '') as { members: unknown[] };
    expect(kept.members.at(-1)).toBe(`${cutMark} ${10_000 - (kept.members.length - 1)}`);
  });

  it('survives a body that is nested deeper than any stack', () => {
    const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as unknown;
    expect(redactedText(deep)?.length).toBeLessThan(200);
  });

  it('keeps the names of what it hides', () => {
    expect(redactedText({ userName: 'ada', password: secret })).toBe(
      `{"userName":"ada","password":"${secretMark}"}`,
    );
  });

  it('is nothing when there was none', () => {
    expect(redactedText(undefined)).toBeNull();
  });
});

describe('what is kept of a path', () => {
  it.each([
    [`/Users?access_token=${secret}&count=2`, '/Users?access_token=…&count=2'],
    [`/Users?filter=password+eq+%22${secret}%22`, '/Users?filter=…'],
    [`/Users?count=1&filter=pass%77ord eq "${secret}"`, '/Users?count=1&filter=…'],
    [
      '/Users?filter=userName+eq+%22token%40example.com%22',
      '/Users?filter=userName+eq+%22token%40example.com%22',
    ],
    ['/Users?aadOptscim062020', '/Users?aadOptscim062020'],
  ])('%s becomes %s', (path, kept) => {
    expect(redactedPath(path)).toBe(kept);
  });
});
