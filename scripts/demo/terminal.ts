import { styleText } from 'node:util';
import { textTable, type Column } from '../../simulator/text-table.ts';

const indent = '    ';
let stepsShown = 0;

/** Writes a line, indented below the current step; without text an empty line. */
export function line(text = ''): void {
  process.stdout.write(text === '' ? '\n' : `${indent}${text}\n`);
}

/** Begins a numbered step. */
export function step(title: string): void {
  stepsShown += 1;
  process.stdout.write(`\n${style('cyan', String(stepsShown).padStart(2))}  ${style('bold', title)}\n`);
}

/** Something went as it should. */
export function done(text: string): void {
  line(`${style('green', '✓')} ${text}`);
}

/** Something worth knowing. */
export function note(text: string): void {
  line(style('dim', text));
}

/** A small table below the current step. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const [head = '', ...body] = textTable(columns, rows, 44);
  line(style('bold', head));
  for (const row of body) line(row);
}

/** Text in a style on a terminal, plain elsewhere. */
export function style(format: 'bold' | 'dim' | 'green' | 'red' | 'cyan' | 'yellow', text: string): string {
  return styleText(format, text, { stream: process.stdout });
}
