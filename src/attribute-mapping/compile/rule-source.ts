import { foldCase } from '../../scim-core/fold.ts';
import { isStorable } from '../../scim-core/storable-text.ts';
import { compileGroupPattern, groupPatternLengthMaxChars, type GroupTest } from '../rule/group-pattern.ts';
import type { Rule, RuleSource } from '../rule/rule.ts';
import type { Wording } from '../../errors/sentence.ts';
import { ruleFault } from '../rule/rule-faults.ts';
import { compileSource, isGiven, type ReadSource } from '../rule/source.ts';
import { argumentLengthMaxChars } from '../transforms/transform-arguments.ts';
import type { ValueKind } from '../../member-directory/properties/property-types/value-kind.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import { lengthOf, unitsPerValue, type Work } from '../rule/work.ts';

/** Most paths of one rule. */
export const pathsPerSourceMax = 10;

/** A person as rules see them: what the identity provider sent, the names of their groups, and what the rules did. */
export class MappedPerson {
  readonly resource: ScimResource;
  readonly groups: readonly string[];
  readonly work: Work;
  private folded: readonly string[] | null = null;

  constructor(resource: ScimResource, groups: readonly string[], work: Work) {
    this.resource = resource;
    this.groups = groups;
    this.work = work;
  }

  /** Which of the groups, by their places, have a name that passes the test. */
  groupsThat({ matches, pieces }: GroupTest): string[] {
    const chars = lengthOf(this.groups);
    if (this.folded === null) {
      this.work.spend(chars * unitsPerFoldedChar);
      this.folded = this.groups.map(foldCase);
    }
    this.work.spend(this.groups.length * unitsPerValue + Math.ceil((chars * pieces) / charsFoundPerUnit));
    const folded = this.folded;
    return this.groups.filter((_, at) => matches(folded[at] ?? ''));
  }
}

const unitsPerFoldedChar = 2;
/** Characters that one unit of work looks through for a piece of a pattern. */
const charsFoundPerUnit = 8;

/** Reads a rule's values from a person, empty ones left out. Throws nothing but what `work.spend` throws. */
export type ReadValues = (person: MappedPerson) => readonly unknown[];

/** A source that is ready for use, or what is wrong with it, with the path below the source (`.firstOf[1]`). */
export type CompiledSource = { read: ReadValues; gives: ValueKind } | { at: string; fault: Wording };

/** Makes a reader of any source of a rule. */
export function compileRuleSource(source: RuleSource): CompiledSource {
  if (typeof source === 'string') return compilePath(source);
  if ('firstOf' in source) return compileFirstOf(source.firstOf);
  if ('constant' in source) return compileConstant(source.constant);
  const pattern = 'inGroup' in source ? source.inGroup : source.groupNames;
  const at = 'inGroup' in source ? '.inGroup' : '.groupNames';
  if (!isSoundPattern(pattern)) {
    return { at, fault: ruleFault('bad-group-name', { lengthMaxChars: groupPatternLengthMaxChars }) };
  }
  const test = compileGroupPattern(pattern);
  if ('inGroup' in source) {
    return { read: (person) => [person.groupsThat(test).length > 0], gives: 'boolean' };
  }
  return { read: (person) => person.groupsThat(test), gives: 'text' };
}

/** The patterns for names of groups that these rules read. */
export function groupPatternsOf(rules: readonly Rule[]): string[] {
  return rules.flatMap(({ source }) => {
    if (typeof source === 'string') return [];
    if ('inGroup' in source) return [source.inGroup];
    return 'groupNames' in source ? [source.groupNames] : [];
  });
}

/** The attribute paths that a source reads. */
export function pathsOfSource(source: RuleSource): readonly string[] {
  if (typeof source === 'string') return [source];
  return 'firstOf' in source ? source.firstOf : [];
}

function compilePath(path: string): CompiledSource {
  const compiled = compileSource(path);
  if ('fault' in compiled) return { at: '', fault: compiled.fault };
  return { read: ({ resource, work }) => compiled.read(resource, work), gives: compiled.gives };
}

function compileFirstOf(paths: readonly string[]): CompiledSource {
  if (paths.length === 0 || paths.length > pathsPerSourceMax) {
    return { at: '.firstOf', fault: ruleFault('bad-path-count', { pathsMax: pathsPerSourceMax }) };
  }
  const readers: ReadSource[] = [];
  const kinds = new Set<ValueKind>();
  for (const [index, path] of paths.entries()) {
    const compiled = compileSource(path);
    if ('fault' in compiled) return { at: `.firstOf[${index}]`, fault: compiled.fault };
    readers.push(compiled.read);
    kinds.add(compiled.gives);
  }
  const [kind = 'any'] = kinds;
  return {
    read: ({ resource, work }) => {
      for (const read of readers) {
        const values = read(resource, work);
        if (values.length > 0) return values;
      }
      return [];
    },
    gives: kinds.size === 1 ? kind : 'any',
  };
}

function compileConstant(constant: unknown): CompiledSource {
  const at = '.constant';
  if (typeof constant === 'boolean') return { read: () => [constant], gives: 'boolean' };
  if (typeof constant === 'number' && Number.isFinite(constant)) {
    return { read: () => [constant], gives: 'number' };
  }
  const isSound = typeof constant === 'string' && isGiven(constant) && isStorable(constant);
  if (!isSound || constant.length > argumentLengthMaxChars) {
    return { at, fault: ruleFault('bad-constant', { lengthMaxChars: argumentLengthMaxChars }) };
  }
  return { read: () => [constant], gives: 'text' };
}

/** The source in the words of a message about a rule. */
export function sourceName(source: RuleSource): string {
  if (typeof source === 'string') return source;
  if ('firstOf' in source) return source.firstOf.join(', ');
  if ('inGroup' in source) return source.inGroup;
  return 'groupNames' in source ? source.groupNames : String(source.constant);
}

function isSoundPattern(pattern: unknown): pattern is string {
  return (
    typeof pattern === 'string' &&
    pattern.trim() !== '' &&
    pattern.length <= groupPatternLengthMaxChars &&
    isStorable(pattern)
  );
}
