const lineEnds = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/gu;

/**
 * Where a spreadsheet may see the start of a formula: at the start of a cell, and after anything that it may take for the
 * end of one. The service writes its exports by the same rule.
 */
const formula =
  /(?<=(?:^|[,;|\t])(?:[^\S\t]|["“”„‚‘’«»\u200b-\u200f\u2060])*'*)(?=[=+\-@\t＝＋－＠﹦﹢﹣﹫−])/gu;

const separators = { comma: ',', semicolon: ';' };

/** What spreadsheets of a language put between cells: a semicolon where the comma is the decimal sign. */
export function csvSeparatorName(language: string): keyof typeof separators {
  return language.startsWith('de') ? 'semicolon' : 'comma';
}

/**
 * A CSV file that spreadsheets open: every cell in quotes and on one line, and an apostrophe before anything that would
 * run as a formula. The byte order mark says that it is UTF-8.
 *
 * @param language the language of the page, which decides the separator
 */
export function csvFile(rows: readonly (readonly string[])[], language: string): string {
  const separator = separators[csvSeparatorName(language)];
  const lines = rows.map((row) => `${row.map(csvCell).join(separator)}\r\n`);
  return `\ufeff${lines.join('')}`;
}

/** The text of a file as the service reads it: UTF-16 by its byte order mark, else UTF-8, else Excel's Windows-1252. */
export async function csvText(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function csvCell(text: string): string {
  const safe = text.replace(lineEnds, ' ').replace(formula, "'");
  return `"${safe.replaceAll('"', '""')}"`;
}
