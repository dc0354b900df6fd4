import { compileSource } from '../../attribute-mapping/rule/source.ts';
import { type InputFault, wordedFault } from '../../errors/domain-errors.ts';
import type { Sentence } from '../../errors/sentence.ts';
import { foldCase } from '../../scim-core/fold.ts';
import type { RoleMapping, RoleRule } from './role-rule.ts';

/** What can be wrong with a role mapping, without its subject, which is the place: `rules[3].role`. */
const sentences = {
  'no-role': {
    en: 'is the key of no role that the product has: {role}',
    de: 'ist der Schlüssel keiner Rolle, die das Produkt hat: {role}',
  },
  'group-or-attribute': {
    en: 'must name a group, or an attribute and its value, and not both',
    de: 'muss eine Gruppe nennen oder ein Attribut und dessen Wert, nicht beides',
  },
  'rules-contradict': {
    en: 'says {role}, and rule {number} says {other} for the same people. Keep one of them',
    de: 'sagt {role}, und Regel {number} sagt {other} für dieselben Personen. Behalten Sie eine davon',
  },
  'rule-twice': {
    en: 'says the same as rule {number}. Keep one of them',
    de: 'sagt dasselbe wie Regel {number}. Behalten Sie eine davon',
  },
  'gone-group': {
    en: 'is the id of no group in the directory',
    de: 'ist die id keiner Gruppe im Verzeichnis',
  },
  'deactivates-everybody': {
    en: 'would deactivate everybody: there is no rule',
    de: 'würde alle deaktivieren: Es gibt keine Regel',
  },
} satisfies Record<string, Sentence>;

/** A fault of a role mapping in every language. */
export function roleFault(
  path: string,
  code: keyof typeof sentences,
  params: Record<string, unknown> = {},
): InputFault {
  return wordedFault(path, { code, params, sentence: sentences[code] });
}

/**
 * Everything that is wrong with a mapping: roles that are not declared, attributes that no rule can read, and rules about
 * the same people.
 *
 * @param declared the keys of the roles that there are
 */
export function faultsOfMapping(
  { default: fallback, rules, withoutGroup }: Omit<RoleMapping, 'version'>,
  declared: ReadonlySet<string>,
): InputFault[] {
  const faults: InputFault[] = [];
  if (fallback !== null && !declared.has(fallback)) {
    faults.push(roleFault('default', 'no-role', { role: fallback }));
  }
  if (withoutGroup === 'deactivate' && rules.length === 0) {
    faults.push(roleFault('withoutGroup', 'deactivates-everybody'));
  }
  const known = new Map<string, number>();
  for (const [at, rule] of rules.entries()) {
    const { role } = rule;
    if (!declared.has(role)) faults.push(roleFault(`rules[${at}].role`, 'no-role', { role }));
    if ('attribute' in rule) {
      const compiled = compileSource(rule.attribute);
      if ('fault' in compiled) faults.push(wordedFault(`rules[${at}].attribute`, compiled.fault));
    }
    const key = conditionOf(rule);
    const first = known.get(key);
    if (first === undefined) known.set(key, at);
    else faults.push(faultOfSame(at, first, rules));
  }
  return faults;
}

function faultOfSame(at: number, first: number, rules: readonly RoleRule[]): InputFault {
  const role = rules[at]?.role;
  const other = rules[first]?.role;
  if (role === other) return roleFault(`rules[${at}]`, 'rule-twice', { number: first + 1 });
  return roleFault(`rules[${at}]`, 'rules-contradict', { number: first + 1, role, other });
}

/** The same text for rules about the same people. */
function conditionOf(rule: RoleRule): string {
  if ('group' in rule) return `group ${rule.group.directoryGroupId}`;
  return JSON.stringify([rule.attribute.toLowerCase().replaceAll(/\s+/gu, ' ').trim(), foldCase(rule.value)]);
}
