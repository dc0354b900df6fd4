import { describe, expect, it } from '@jest/globals';
import express, { type Request } from 'express';
import { languageOf } from './language.ts';

/** A request of Express with this header and nothing else. */
function requestWith(header: string | undefined): Request {
  const headers = header === undefined ? {} : { 'accept-language': header };
  return Object.create(express.request, { headers: { value: headers } }) as Request;
}

describe('languageOf', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['de', 'de'],
    ['DE-at', 'de'],
    ['fr, de-AT;q=0.8, en;q=0.7', 'de'],
    ['en, de;q=0.9', 'en'],
    ['de; q=0.1, en; q=0.9', 'en'],
    ['de;Q=0.1, en', 'en'],
    ['de-AT, en', 'de'],
    ['en-GB, de', 'en'],
    ['*, de;q=0.1', 'de'],
    ['de;q=0, en;q=0.1', 'en'],
    ['de;q=x', 'en'],
    [',de', 'de'],
    ['fr-CH, fr', 'en'],
    ['deu', 'en'],
  ])('reads %s as %s', (header, language) => {
    expect(languageOf(requestWith(header))).toBe(language);
  });
});
