import { setTimeout } from 'node:timers/promises';
import { AllowedPace } from '../../http/bodies/allowed-pace.ts';
import { loopTurn } from '../../http/bodies/loop-turn.ts';
import type { MappedMember } from './map-attributes.ts';

/** Work done before other tasks of the process get a turn, in units: about 1 ms. */
const turnMaxUnits = 100_000;

/** What an ordinary person costs at most, in units: about half a millisecond. */
const ordinaryPersonUnits = 50_000;

/**
 * Extra work that one workspace may do in a second, in units: a sixth of what a process can do. Only the pace depends on
 * it, never the result of the rules.
 */
const extraPerSecondUnits = 15_000_000;

/** Workspaces that are remembered before those that no longer rest are forgotten. */
const workspacesMax = 1_000;

/** The extra work that the rules did for one person, in units. */
export function extraUnitsOf({ workUnits }: Pick<MappedMember, 'workUnits'>): number {
  return Math.max(0, workUnits - ordinaryPersonUnits);
}

/**
 * Makes mapping share the process: after a bounded stretch, other waiting tasks get their turn, and a workspace whose
 * rules cost far more than usual rests between stretches. Ordinary rules are not affected.
 */
export class MappingPace {
  private readonly pace = new AllowedPace(extraPerSecondUnits, workspacesMax);

  /**
   * Maps people one after the other.
   *
   * @param map what the rules make of one person, and what that cost; null for people who are not mapped
   * @param goesOn called before each person: false ends it
   * @returns the results in the same order, as far as it got
   */
  async each<Person, Mapped>(
    workspaceId: string,
    people: readonly Person[],
    map: (person: Person) => { made: Mapped; mapped: Pick<MappedMember, 'workUnits'> | null },
    goesOn: () => boolean = () => true,
  ): Promise<Mapped[]> {
    const made: Mapped[] = [];
    let stretchUnits = 0;
    let extraUnits = 0;
    for (const person of people) {
      if (!goesOn()) break;
      const result = map(person);
      made.push(result.made);
      if (result.mapped === null) continue;
      stretchUnits += result.mapped.workUnits;
      extraUnits += extraUnitsOf(result.mapped);
      if (stretchUnits < turnMaxUnits) continue;
      await this.rest(workspaceId, extraUnits);
      stretchUnits = 0;
      extraUnits = 0;
    }
    if (extraUnits > 0) this.pace.note(workspaceId, extraUnits);
    return made;
  }

  private async rest(workspaceId: string, extraUnits: number): Promise<void> {
    const restMs = this.pace.note(workspaceId, extraUnits);
    if (restMs >= 1) await setTimeout(restMs);
    await loopTurn();
  }
}

/** The pace of this process: previews and runs of one workspace share it. */
export const mappingPace = new MappingPace();
