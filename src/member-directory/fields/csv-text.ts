import { isUtf8 } from 'node:buffer';
import { BadInputError, codedFault } from '../../errors/domain-errors.ts';

/** The encodings in which spreadsheets write CSV files. */
export const csvEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type CsvEncoding = (typeof csvEncodings)[number];

/** How much of a file is looked at to see whether it is UTF-16 without a mark. */
const lookedAtBytes = 1_000;

/** Of the bytes that are zero in Latin text as UTF-16, at least this many are. */
const zerosMinShare = 0.4;

/**
 * The text of a CSV file. Its encoding is recognized by the byte order mark; without one, by what the bytes can be: every
 * other one zero is UTF-16, what is sound UTF-8 is that, and anything else is Windows-1252, in which Excel writes where
 * nobody asks for UTF-8, and of which ISO 8859-1 is a part. What a media type says of the charset is not asked: it is
 * what a program supposes of files.
 *
 * @throws BadInputError `unreadable-csv` for a file that is cut off within a character
 */
export function readCsvText(bytes: Buffer): { text: string; encoding: CsvEncoding } {
  const encoding = encodingOf(bytes);
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    throw new BadInputError([
      codedFault('line 1', 'unreadable-csv', `The file is no whole ${encoding} text.`),
    ]);
  }
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
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}
