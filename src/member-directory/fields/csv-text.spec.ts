import { describe, expect, it } from '@jest/globals';
import { readCsvText } from './csv-text.ts';

const text = 'email;Vorname\r\nj@example.com;Jürgen „Ø“ €\r\n';

function utf16(big: boolean, mark: boolean): Buffer {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
}

/** As Excel writes it on a Windows for Western Europe. */
function windows1252(): Buffer {
  const special = new Map([
    ['„', 0x84],
    ['“', 0x93],
    ['€', 0x80],
  ]);
  return Buffer.from([...text].map((character) => special.get(character) ?? character.charCodeAt(0)));
}

describe('readCsvText', () => {
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', utf16(false, true)],
    ['utf-16be', utf16(true, true)],
    ['utf-16le', utf16(false, false)],
    ['utf-16be', utf16(true, false)],
    ['windows-1252', windows1252()],
  ])('recognizes %s and says so', (encoding, bytes) => {
    expect(readCsvText(bytes)).toEqual({ text, encoding });
  });

  it('takes what has no special characters for UTF-8, and nothing for an empty text', () => {
    expect(readCsvText(Buffer.from('email\n'))).toEqual({ text: 'email\n', encoding: 'utf-8' });
    expect(readCsvText(Buffer.alloc(0)).text).toBe('');
  });

  it('takes a file with a stray byte for the UTF-8 that it is, and marks the place', () => {
    const stray = Buffer.concat([Buffer.from('email\nJürgen '), Buffer.from([0xff]), Buffer.from('x\n')]);
    expect(readCsvText(stray)).toEqual({ text: 'email\nJürgen \ufffdx\n', encoding: 'utf-8' });
    const many = Buffer.concat([Buffer.from('Σίσυφος '), Buffer.from([0xe9]), Buffer.from(' Ж')]);
    expect(readCsvText(many).encoding).toBe('utf-8');
    const quoted = Buffer.from([0x84, 0xd8, 0x93]);
    expect(readCsvText(quoted)).toEqual({ text: '„Ø“', encoding: 'windows-1252' });
  });

  it('marks bytes that stand for no character', () => {
    expect(readCsvText(Buffer.from([0x4a, 0xfc, 0x81, 0x9d, 0x41])).text).toBe('Jü\ufffd\ufffdA');
  });

  it('marks the end of what is cut off within a character', () => {
    expect(readCsvText(utf16(false, true).subarray(0, 31))).toEqual({
      text: `${text.slice(0, 14)}\ufffd`,
      encoding: 'utf-16le',
    });
    expect(readCsvText(Buffer.from('email\nJüü').subarray(0, -1)).text).toBe('email\nJü\ufffd');
  });
});
