import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ConfigError } from '../../src/config/config-error.ts';
import { Config } from '../../src/config/config.ts';
import { Constants } from './constants.ts';
import { code, table } from './markdown.ts';

const root = join(import.meta.dirname, '../..');
const configFiles = [
  'src/config/config.ts',
  'src/config/limit-settings.ts',
  'src/config/process-settings.ts',
];

/** No setting accepts it, so each says what it must be. */
const neverValid = '\u0001';

/** The table of settings: names and defaults from the code, bounds from its messages, words from `.env.example`. */
export async function configurationSection(): Promise<string> {
  const defaults = await readDefaults();
  const words = readWords();
  const undescribed = [...defaults.keys()].filter((name) => !words.has(name));
  const unknown = [...words.keys()].filter((name) => !defaults.has(name));
  if (undescribed.length + unknown.length > 0) {
    throw new Error(
      `.env.example lacks ${undescribed.join(', ') || 'nothing'}; unknown there: ${unknown.join(', ')}`,
    );
  }
  const bounds = readBounds([...defaults.keys()]);
  const rows = [...words].map(([name, text]) => [
    code(name),
    defaults.get(name) ?? '',
    [text, bounds.get(name)].filter((part) => part !== undefined).join(' '),
  ]);
  return table(['Variable', 'Default', 'Meaning'], rows);
}

/** The comment above each variable of `.env.example`; a block of variables shares its comment. */
function readWords(): Map<string, string> {
  const words = new Map<string, string>();
  let comment: string[] = [];
  let isOver = false;
  for (const line of readFileSync(join(root, '.env.example'), 'utf8').split('\n')) {
    const [, text] = /^# ?(.*)$/.exec(line) ?? [];
    const [, name] = /^([A-Z_]+)=/.exec(line) ?? [];
    if (text !== undefined) {
      comment = isOver ? [text] : [...comment, text];
      isOver = false;
    } else if (name !== undefined) {
      words.set(name, comment.join(' '));
      isOver = true;
    } else if (line === '') comment = [];
  }
  return words;
}

/** The defaults of the calls `read.integer('PORT', …)`; empty where the default is no plain value. */
async function readDefaults(): Promise<Map<string, string>> {
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText().startsWith('read.')) calls.push(node);
    ts.forEachChild(node, visit);
  };
  for (const file of configFiles) {
    const text = readFileSync(join(root, file), 'utf8');
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  }
  const constants = new Constants();
  const defaults = new Map<string, string>();
  for (const call of calls) {
    const [name, ...others] = call.arguments;
    if (name === undefined || !ts.isStringLiteral(name)) continue;
    if (defaults.has(name.text)) continue;
    const hasDefault = /^read\.(?:text|integer|oneOf)$/.test(call.expression.getText());
    defaults.set(name.text, hasDefault ? await defaultOf(others, constants) : '');
  }
  return defaults;
}

async function defaultOf(given: readonly ts.Expression[], constants: Constants): Promise<string> {
  const last = given.at(-1);
  const value =
    last !== undefined && ts.isObjectLiteralExpression(last)
      ? last.properties.filter(ts.isPropertyAssignment).find(({ name }) => name.getText() === 'otherwise')
          ?.initializer
      : last;
  if (value === undefined) return '';
  if (ts.isStringLiteral(value) || ts.isNumericLiteral(value)) return code(value.text);
  return ts.isIdentifier(value) ? code(String(await constants.value(value.text, 'config'))) : '';
}

/** What each setting must be, as the service itself says when it is not. */
function readBounds(names: readonly string[]): Map<string, string> {
  const wrong = Object.fromEntries(names.map((name) => [name, neverValid]));
  try {
    Config.fromEnvironment(wrong);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const said = error.faults.map((fault) => /^([A-Z_]+) (must (?:be|have) .+)$/.exec(fault) ?? []);
    return new Map(said.map(([, name = '', bound = '']) => [name, `It ${bound}.`]));
  }
  throw new Error('Settings that cannot be valid were accepted');
}
