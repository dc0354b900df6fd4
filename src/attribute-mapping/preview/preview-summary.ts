import type { Language } from '../../errors/sentence.ts';
import { problemTextOfMany } from '../../member-directory/properties/property-types/value-problem.ts';
import { tooCostlyCode } from '../mapping/map-attributes.ts';
import type { MappingSummaryResponse } from './mapping-preview.dto.ts';
import type { PreviewedPerson } from './preview-person.ts';

/** Most different failing values and new options that a summary names; the counts cover all. */
const namedMax = 100;
/** Most examples of one kind of problem. */
const examplesMax = 3;

interface ProblemCount {
  target: string;
  code: string;
  text: string;
  people: number;
  examples: string[];
}

/** Adds up what rules would do to people. */
export class PreviewSummary {
  private people = 0;
  private withoutMember = 0;
  private changed = 0;
  private withheld = 0;
  private inConflict = 0;
  private failed = 0;
  private readonly fields = new Map<string, number>();
  private readonly problems = new Map<string, ProblemCount>();
  private readonly options = new Map<string, { property: string; name: string; people: number }>();

  constructor(private readonly language: Language) {}

  add(person: PreviewedPerson): void {
    const { member, isWithheld, changes, mapped } = person;
    this.people += 1;
    if (member === null) this.withoutMember += 1;
    else if (changes.length > 0) this.addChanged(person);
    if (mapped.problems.length > 0) this.failed += 1;
    const counted = new Set<string>();
    for (const problem of mapped.problems) this.addProblem(problem, counted);
    if (isWithheld) return;
    for (const { property, key, name } of mapped.newOptions) {
      const id = JSON.stringify([property, key]);
      const known = this.options.get(id);
      if (known) known.people += 1;
      else if (this.options.size < namedMax * namedMax) this.options.set(id, { property, name, people: 1 });
    }
  }

  /** @param complete whether everybody was added */
  result(complete: boolean): MappingSummaryResponse {
    const byPeople = <T extends { people: number }>(items: Iterable<T>) =>
      [...items].sort((left, right) => right.people - left.people).slice(0, namedMax);
    return {
      complete,
      people: this.people,
      withoutMember: this.withoutMember,
      changedMembers: this.changed,
      withheldMembers: this.withheld,
      conflictMembers: this.inConflict,
      peopleWithProblems: this.failed,
      fields: [...this.fields]
        .map(([field, members]) => ({ field, members }))
        .sort((left, right) => right.members - left.members),
      problems: byPeople(this.problems.values()),
      newOptions: byPeople(this.options.values()),
    };
  }

  /** A member whose values would be others; a run leaves them as they are if they are withheld or stay in conflict. */
  private addChanged({ changes, isWithheld, isInConflict }: PreviewedPerson): void {
    if (isWithheld) {
      this.withheld += 1;
      return;
    }
    if (isInConflict) {
      this.inConflict += 1;
      return;
    }
    this.changed += 1;
    for (const { field } of changes) this.fields.set(field, (this.fields.get(field) ?? 0) + 1);
  }

  /** @param counted the kinds of problem that this person was already counted for */
  private addProblem(problem: PreviewedPerson['mapped']['problems'][number], counted: Set<string>): void {
    const { target, code, params } = problem;
    // A rule that is too costly is named, so each such rule is counted separately.
    const id = `${target} ${code} ${code === tooCostlyCode ? String(params.rule) : ''}`;
    let known = this.problems.get(id);
    if (!known) {
      known = { target, code, text: problemTextOfMany(problem, this.language), people: 0, examples: [] };
      this.problems.set(id, known);
    }
    if (!counted.has(id)) known.people += 1;
    counted.add(id);
    const value = typeof params.value === 'string' ? params.value : '';
    if (value !== '' && known.examples.length < examplesMax && !known.examples.includes(value))
      known.examples.push(value);
  }
}
