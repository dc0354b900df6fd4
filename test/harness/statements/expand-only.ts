import { type AlterTableCmd, type Node, parseSync } from 'libpg-query';
import { as } from './ast.ts';

/** What the version that serves meanwhile does not survive, or what makes it wait, and what is done instead. */
const remedies = {
  drop: 'stop using it in one release, and drop it in the next',
  rename: 'add the new name, write both, and drop the old one in the next release',
  type: 'add a column of the new type, write both, and drop the old one in the next release',
  'not null': 'give the column a default: what serves meanwhile does not know it',
  check: 'add it NOT VALID, and validate it in a migration of its own',
  index: 'make it CONCURRENTLY, in a migration without a transaction',
  fill: 'fill in batches, each a transaction of its own (`inSmallSteps`)',
} as const;

/**
 * Says what of a migration is not safe while the version before it serves and writes (expand first, contract in a later
 * release). Tables that the migration itself makes are nobody's yet.
 *
 * @returns a line for each, with what to do instead
 */
export function notExpanding(statements: readonly string[]): string[] {
  const made = new Set<string>();
  const found: string[] = [];
  for (const text of statements)
    for (const { stmt } of parseSync(text).stmts ?? []) {
      const create = as(stmt, 'CreateStmt');
      if (create?.relation?.relname !== undefined) made.add(create.relation.relname);
      for (const kind of faultsOf(stmt, made))
        found.push(`${kind}: ${remedies[kind]}: ${text.trim().slice(0, 200)}`);
    }
  return found;
}

function faultsOf(stmt: Node | undefined, made: ReadonlySet<string>): (keyof typeof remedies)[] {
  const drop = as(stmt, 'DropStmt');
  if (drop !== undefined)
    return ['OBJECT_TABLE', 'OBJECT_FUNCTION', 'OBJECT_VIEW', 'OBJECT_TYPE'].includes(drop.removeType ?? '')
      ? ['drop']
      : [];
  if (as(stmt, 'RenameStmt') !== undefined) return ['rename'];
  const index = as(stmt, 'IndexStmt');
  if (index !== undefined)
    return index.concurrent || made.has(index.relation?.relname ?? '') ? [] : ['index'];
  const update = as(stmt, 'UpdateStmt') ?? as(stmt, 'DeleteStmt');
  if (update !== undefined) return made.has(update.relation?.relname ?? '') ? [] : ['fill'];
  const alter = as(stmt, 'AlterTableStmt');
  if (alter === undefined || made.has(alter.relation?.relname ?? '')) return [];
  return (alter.cmds ?? []).flatMap((node) => faultsOfCommand(as(node, 'AlterTableCmd')));
}

function faultsOfCommand(command: AlterTableCmd | undefined): (keyof typeof remedies)[] {
  switch (command?.subtype) {
    case 'AT_DropColumn':
      return ['drop'];
    case 'AT_AlterColumnType':
      return ['type'];
    case 'AT_SetNotNull':
      return ['not null'];
    case 'AT_AddConstraint': {
      const constraint = as(command.def, 'Constraint');
      return constraint?.skip_validation ? [] : ['check'];
    }
    case 'AT_AddColumn': {
      const kinds = (as(command.def, 'ColumnDef')?.constraints ?? []).map(
        (node) => as(node, 'Constraint')?.contype,
      );
      if (kinds.includes('CONSTR_NOTNULL') && !kinds.includes('CONSTR_DEFAULT')) return ['not null'];
      return kinds.some((kind) => kind === 'CONSTR_CHECK' || kind === 'CONSTR_FOREIGN') ? ['check'] : [];
    }
    default:
      return [];
  }
}
