import { describe, expect, it } from '@jest/globals';
import { credentialsOf } from './credentials.ts';

describe('an Authorization header', () => {
  it.each([
    'Bearer abc',
    'bearer abc',
    'BEARER abc',
    'Bearer   abc',
    'Bearer\tabc',
    ' Bearer abc ',
    'abc',
    ' abc ',
  ])('brings a token as %j', (header) => {
    expect(credentialsOf(header)).toEqual({ kind: 'token', token: 'abc' });
  });

  it.each([undefined, '', ' ', '\t'])('brings nothing as %j', (header) => {
    expect(credentialsOf(header)).toEqual({ kind: 'none' });
  });

  it.each([
    ['Bearer', 'the word Bearer without a token'],
    ['bearer ', 'the word Bearer without a token'],
    ['Bearer Bearer abc', 'the word Bearer twice'],
    ['Bearer ab c', 'a token with blanks inside'],
    ['basic YTpi', 'the scheme Basic'],
    ['Token abc', 'the scheme Token'],
    ['Digest username="a", realm="b"', 'the scheme Digest'],
    ['mcs_half ofASecret', 'something that does not begin with Bearer'],
    ['Bearer: abc', 'something that does not begin with Bearer'],
  ])('brings as %j no token but %s', (header, came) => {
    expect(credentialsOf(header)).toEqual({ kind: 'other', came });
  });
});
