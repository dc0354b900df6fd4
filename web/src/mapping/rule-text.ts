import type { TFunction } from 'i18next';
import type { components } from '../api/schema.d.ts';
import type { Rule } from '../api/shapes.ts';

type Schemas = components['schemas'];
export type TransformName = Schemas['RuleTransformDto']['name'];

/** What each transform asks for. */
export const transformParameters: Record<TransformName, readonly ('text' | 'number' | 'table')[]> = {
  trim: [],
  lower: [],
  upper: [],
  replace: ['text', 'text'],
  prefix: ['text'],
  suffix: ['text'],
  boolean: [],
  split: ['text', 'number'],
  first: [],
  join: ['text'],
  default: ['text'],
  map: ['table', 'text'],
  onlyEmail: [],
  template: ['text'],
  titleCase: [],
  extract: ['text', 'number'],
  parseDate: ['text'],
};
export const transformNames = Object.keys(transformParameters) as TransformName[];

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:';

/** Where a rule takes its value from, in words: an attribute path without the long name of the enterprise schema. */
export function sourceName(source: Rule['source'], t: TFunction): string {
  if (typeof source === 'string') return pathName(source);
  if ('firstOf' in source) return source.firstOf.map(pathName).join(' → ');
  if ('constant' in source) return t('mapping.sourceConstant', { value: String(source.constant) });
  if ('inGroup' in source) return t('mapping.sourceInGroup', { group: source.inGroup });
  return t('mapping.sourceGroupNames', { pattern: source.groupNames });
}

function pathName(source: string): string {
  return source.startsWith(enterprise) ? `enterprise:${source.slice(enterprise.length)}` : source;
}

/** The target as changes name it. */
export function targetName(target: Rule['target']): string {
  if (target.property !== undefined) return `properties.${target.property}`;
  return target.field ?? '';
}

/** `split(" ", 0)`. */
export function transformText({ name, args }: Rule['transforms'][number]): string {
  return `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
}

/** The rules as the service takes them. */
export function toRuleDtos(rules: readonly Rule[]): Schemas['RuleDto'][] {
  return rules.map((rule) => ({
    ...rule,
    transforms: rule.transforms.map(({ name, args }) => ({ name: name as TransformName, args })),
  }));
}
