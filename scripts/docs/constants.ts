import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');

interface Constant {
  file: string;
  value: ts.Expression;
}

/**
 * Reads numbers out of the source by the names of their constants, so that a table of limits cannot differ from the
 * code. It evaluates literals, arithmetic, other constants and calls of functions such as `days(30)`.
 */
export class Constants {
  private readonly byName = new Map<string, Constant[]>();
  private readonly sources = new Map<string, ts.SourceFile>();

  constructor() {
    for (const file of globSync('src/**/*.ts', {
      cwd: root,
      exclude: ['**/*.spec.ts', '**/migrations/**'],
    })) {
      this.read(file);
    }
  }

  /**
   * The value of a constant.
   *
   * @param path its name, or the path of a number in an object: `silenceLimits.serverAskedAfterMs`
   * @param room the folder of `src` that holds it, for a name that several rooms use
   * @throws Error when no constant or more than one has this name, or when it is not a number
   */
  async value(path: string, room?: string): Promise<number> {
    const [name = '', ...keys] = path.split('.');
    const found = (this.byName.get(name) ?? []).filter(
      ({ file }) => room === undefined || file.startsWith(`src/${room}/`),
    );
    const [constant] = found;
    if (constant === undefined || found.length > 1) {
      const where = found.map(({ file }) => file).join(', ');
      throw new Error(`${path}: ${found.length} constants have this name: ${where || 'none in src'}`);
    }
    const value = keys.reduce(propertyOf, constant.value);
    return this.evaluate(value, constant.file);
  }

  private read(file: string): void {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
    this.sources.set(file, source);
    for (const statement of source.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!ts.isIdentifier(name) || initializer === undefined) continue;
        const known = this.byName.get(name.text) ?? [];
        this.byName.set(name.text, [...known, { file, value: initializer }]);
      }
    }
  }

  private async evaluate(expression: ts.Expression, file: string): Promise<number> {
    if (ts.isNumericLiteral(expression)) return Number(expression.text);
    if (ts.isParenthesizedExpression(expression)) return this.evaluate(expression.expression, file);
    if (ts.isBinaryExpression(expression)) {
      const left = await this.evaluate(expression.left, file);
      const right = await this.evaluate(expression.right, file);
      return calculate(expression.operatorToken.kind, left, right);
    }
    if (ts.isIdentifier(expression)) return this.constantSeenFrom(file, expression.text);
    if (ts.isCallExpression(expression) && ts.isIdentifier(expression.expression)) {
      const call = await this.functionSeenFrom(file, expression.expression.text);
      return call(...(await Promise.all(expression.arguments.map((each) => this.evaluate(each, file)))));
    }
    throw new Error(`${file}: not a number: ${expression.getText(this.sources.get(file))}`);
  }

  private constantSeenFrom(file: string, name: string): Promise<number> {
    const home = this.importedFrom(file, name) ?? file;
    const constant = this.byName.get(name)?.find((each) => each.file === home);
    if (constant === undefined) throw new Error(`${file}: ${name} is no constant of a module`);
    return this.evaluate(constant.value, home);
  }

  private async functionSeenFrom(file: string, name: string): Promise<(...given: number[]) => number> {
    const home = this.importedFrom(file, name);
    const module = home === null ? {} : ((await import(join(root, home))) as Record<string, unknown>);
    const call = module[name];
    if (typeof call !== 'function') throw new Error(`${file}: ${name} is no function of another module`);
    return call as (...given: number[]) => number;
  }

  /** The file that a name is imported from; null: it is not imported. */
  private importedFrom(file: string, name: string): string | null {
    for (const statement of this.sources.get(file)?.statements ?? []) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      const named = statement.importClause?.namedBindings;
      if (named === undefined || !ts.isNamedImports(named)) continue;
      if (named.elements.some((element) => element.name.text === name)) {
        return join(dirname(file), statement.moduleSpecifier.text);
      }
    }
    return null;
  }
}

function propertyOf(expression: ts.Expression, key: string): ts.Expression {
  const object = ts.isSatisfiesExpression(expression) ? expression.expression : expression;
  const property = ts.isObjectLiteralExpression(object)
    ? object.properties.find(
        (each): each is ts.PropertyAssignment =>
          ts.isPropertyAssignment(each) && ts.isIdentifier(each.name) && each.name.text === key,
      )
    : undefined;
  if (property === undefined) throw new Error(`There is no ${key} in that object`);
  return property.initializer;
}

function calculate(operator: ts.SyntaxKind, left: number, right: number): number {
  if (operator === ts.SyntaxKind.AsteriskToken) return left * right;
  if (operator === ts.SyntaxKind.PlusToken) return left + right;
  if (operator === ts.SyntaxKind.MinusToken) return left - right;
  if (operator === ts.SyntaxKind.SlashToken) return left / right;
  throw new Error(`No operator of a limit: ${ts.SyntaxKind[operator]}`);
}
