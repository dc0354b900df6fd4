import type { components } from '../../api/schema.d.ts';
import type { Rule } from '../../api/shapes.ts';
import type { Translate } from '../../i18n.ts';
import { pathWords } from '../../parts/text/attribute-name.ts';
import { propertyField, propertyKeyOf } from '../../parts/text/field-name.ts';

type Schemas = components['schemas'];
export type RuleDto = Schemas['RuleDto'];
export type Source = Rule['source'];
export type UnknownOption = NonNullable<Rule['unknownOption']>;

/** The forms a source can have, the most usual first. */
export const sourceKinds = ['attribute', 'firstOf', 'constant', 'inGroup', 'groupNames'] as const;
export type SourceKind = (typeof sourceKinds)[number];

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:';
/** How the names of extension schemas begin by the rule of RFC 7643 §10.3; the rest tells them apart. */
const extension = 'urn:ietf:params:scim:schemas:extension:';

export function kindOf(source: Source): SourceKind {
  if (typeof source === 'string') return 'attribute';
  if ('firstOf' in source) return 'firstOf';
  if ('constant' in source) return 'constant';
  return 'inGroup' in source ? 'inGroup' : 'groupNames';
}

/** A source of this kind that still asks for everything; what was named before is kept where it fits. */
export function blankSource(kind: SourceKind, before: Source): Source {
  const paths = pathsOf(before);
  const pattern = patternOf(before);
  switch (kind) {
    case 'attribute':
      return paths[0] ?? '';
    case 'firstOf':
      return { firstOf: paths.length > 1 ? paths : [paths[0] ?? '', ''] };
    case 'constant':
      return { constant: '' };
    case 'inGroup':
      return { inGroup: pattern };
    case 'groupNames':
      return { groupNames: pattern || '*' };
  }
}

/** The attribute paths that a source reads. */
export function pathsOf(source: Source): string[] {
  if (typeof source === 'string') return [source];
  return 'firstOf' in source ? source.firstOf : [];
}

function patternOf(source: Source): string {
  if (typeof source === 'string') return '';
  if ('inGroup' in source) return source.inGroup;
  return 'groupNames' in source ? source.groupNames : '';
}

/** Does the source say enough to be tried? */
export function isComplete(source: Source): boolean {
  if (typeof source === 'string') return source.trim() !== '';
  if ('firstOf' in source) return source.firstOf.some((path) => path.trim() !== '');
  if ('constant' in source) return source.constant !== '';
  return patternOf(source).trim() !== '';
}

/** The source as the service takes it: no blanks at the ends, no empty lines. */
export function tidySource(source: Source): Source {
  if (typeof source === 'string') return source.trim();
  if (!('firstOf' in source)) return source;
  return { firstOf: source.firstOf.map((path) => path.trim()).filter((path) => path !== '') };
}

/** Where a rule takes its value from, in words: attribute paths without the long beginning of a schema's name. */
export function sourceName(source: Source, t: Translate): string {
  if (typeof source === 'string') return pathName(source);
  if ('firstOf' in source) {
    return source.firstOf.map(pathName).join(` ${t('mapping.otherwise')} `);
  }
  if ('constant' in source) {
    const value =
      typeof source.constant === 'boolean' ? t(source.constant ? 'yes' : 'no') : String(source.constant);
    return t('mapping.sourceConstant', { value });
  }
  if ('inGroup' in source) return t('mapping.sourceInGroup', { group: source.inGroup });
  return t('mapping.sourceGroupNames', { pattern: source.groupNames });
}

/**
 * Where a rule takes its value from, as an admin calls it who never read the protocol; null where {@link sourceName} says
 * it.
 */
export function sourceWords(source: Source, t: Translate): string | null {
  if (typeof source === 'string') return pathWords(source, t);
  if (!('firstOf' in source)) return null;
  return source.firstOf.map((path) => pathWords(path, t)).join(` ${t('mapping.otherwise')} `);
}

/** A path for reading. */
export function pathName(path: string): string {
  if (path.startsWith(enterprise)) return `enterprise:${path.slice(enterprise.length)}`;
  return path.replace(extension, '');
}

/** The target as changes name it. */
export function targetName({ field, property }: Rule['target']): string {
  return property === undefined ? (field ?? '') : propertyField(property);
}

export function targetOf(name: string): Rule['target'] {
  const property = propertyKeyOf(name);
  return property === null ? { field: name as Rule['target']['field'] } : { property };
}

/** The target as the preview names it. */
export function previewedName(target: Rule['target']): string {
  return target.field === 'manager' ? 'managerId' : targetName(target);
}

/**
 * The rules as the service takes them: rules with one target are alternatives in the order of the list, and the first
 * of them says when the target is filled.
 */
export function toRuleDtos(rules: readonly Rule[]): RuleDto[] {
  const firsts = new Map<string, Rule>();
  return rules.map((rule) => {
    const name = targetName(rule.target);
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, rule);
    const { alternative: _alternative, ...rest } = rule;
    return {
      ...rest,
      source: tidySource(rule.source),
      transforms: rule.transforms.map(({ name: step, args }) => ({
        name: step as Schemas['RuleTransformDto']['name'],
        args: withoutEmptyEnd(args),
      })),
      when: (first ?? rule).when,
      ...(first && { alternative: true }),
    };
  });
}

/** These rules and, where it is missing, one for the address, without which the service tries none. */
export function withEmail(rules: readonly Rule[]): Rule[] {
  if (rules.some(({ target }) => target.field === 'email')) return [...rules];
  return [...rules, { source: 'userName', transforms: [], target: { field: 'email' }, when: 'always' }];
}

/** What was left empty at the end are optional arguments. */
function withoutEmptyEnd(args: readonly unknown[]): unknown[] {
  const last = args.findLastIndex((arg) => arg !== null && arg !== undefined);
  return args.slice(0, last + 1);
}

/** Which rules stand behind another with the same target. */
export function isAlternative(rules: readonly Rule[], at: number): boolean {
  const name = rules[at] && targetName(rules[at].target);
  return rules.slice(0, at).some(({ target }) => targetName(target) === name);
}
