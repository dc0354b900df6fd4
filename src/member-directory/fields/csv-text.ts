import { isUtf8 } from 'node:buffer';

/** The encodings in which spreadsheets write CSV files. */
export const csvEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type CsvEncoding = (typeof csvEncodings)[number];

/** What stands for bytes that are no character. */
export const lostCharacter = '\ufffd';

/** How much of a file is looked at to see whether it is UTF-16 without a mark. */
const lookedAtBytes = 1_000;

/** Of the bytes that are zero in Latin text as UTF-16, at least this many are. */
const zerosMinShare = 0.4;

/**
 * The text of a CSV file. Its encoding is recognized by the byte order mark; without one, by what the bytes can be: every
 * other one zero is UTF-16, what is UTF-8 but for stray bytes is that, and anything else is Windows-1252, in which Excel
 * writes where nobody asks for UTF-8, and of which ISO 8859-1 is a part. What a media type says of the charset is not asked:
 * it is what a program supposes of files.
 *
 * What stands for no character becomes U+FFFD, which the import reports with its place; a file that is cut off within a
 * character ends with one.
 */
export function readCsvText(bytes: Buffer): { text: string; encoding: CsvEncoding } {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  return { text: encoding === 'windows-1252' ? text.replaceAll(unassigned, lostCharacter) : text, encoding };
}

function encodingOf(bytes: Buffer): CsvEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const head = bytes.subarray(0, lookedAtBytes);
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2]! += 1;
  const pairs = head.length / 2;
  if (zeros[1]! > pairs * zerosMinShare) return 'utf-16le';
  if (zeros[0]! > pairs * zerosMinShare) return 'utf-16be';
  return isUtf8(bytes) || isMostlyUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

/** Bytes that Windows-1252 gives no character; a decoder makes control characters of them. */
const unassigned = /[\u0081\u008d\u008f\u0090\u009d]/g;

/**
 * Is there more that only UTF-8 explains than what it does not? Two bytes that begin with 0xC2 or 0xC3, and all longer
 * sequences, would be nonsense in Windows-1252 (`Ã¼`, `â‚¬`); others may be a letter and a quotation mark there (`Ø“`).
 */
function isMostlyUtf8(bytes: Buffer): boolean {
  let sound = 0;
  let stray = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at]!;
    if (lead < 0x80) continue;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead >= 0xc2 && isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length) {
      sound += length > 2 || lead <= 0xc3 ? 2 : 1;
      at += length - 1;
    } else stray += 1;
  }
  return sound > stray;
}
