/** One column of a table: its heading, and whether it holds numbers (set to the right). */
export interface Column {
  heading: string;
  right?: boolean;
}

/**
 * A small plain-text table, one line each, without frames.
 * Cells longer than `cellMaxChars` are cut.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  cellMaxChars = 60,
): string[] {
  const cut = (text: string): string =>
    text.length > cellMaxChars ? `${text.slice(0, cellMaxChars - 1)}…` : text;
  const cells = [columns.map((column) => column.heading), ...rows.map((row) => row.map(cut))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => displayWidth(row[index] ?? ''))));
  const line = (row: readonly string[]): string =>
    columns
      .map((column, index) => padded(row[index] ?? '', widths[index] ?? 0, column.right === true))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)];
}

function padded(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return right ? space + text : text + space;
}

/** Combining marks take no column. */
function displayWidth(text: string): number {
  return [...text.normalize('NFC')].length;
}
