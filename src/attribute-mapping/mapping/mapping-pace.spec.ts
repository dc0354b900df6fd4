import { describe, expect, it } from '@jest/globals';
import type { MappedMember } from './map-attributes.ts';
import { MappingPace } from './mapping-pace.ts';

/** People who cost this much each. */
function peopleOf(workUnits: number, count: number): MappedMember[] {
  return Array.from({ length: count }, () => ({ workUnits }) as MappedMember);
}

/** How often everything else had its turn while they were mapped. */
async function turnsOf(people: readonly MappedMember[]): Promise<number> {
  let turns = 0;
  let over = false;
  const count = () => {
    turns += 1;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  await new MappingPace().each('w', people, (mapped) => ({ made: 1, mapped }));
  over = true;
  return turns;
}

describe('the pace of mapping', () => {
  it('lets everything else have its turn after each costly person', async () => {
    expect(await turnsOf(peopleOf(2_000_000, 10))).toBeGreaterThanOrEqual(10);
  });

  it('does so after many ordinary people, too, and hardly ever before', async () => {
    expect(await turnsOf(peopleOf(400, 250))).toBeLessThanOrEqual(2);
    expect(await turnsOf(peopleOf(4_000, 250))).toBeGreaterThanOrEqual(8);
  });

  it('has a workspace rest longer the more beyond the ordinary it did, and others not at all', async () => {
    const pace = new MappingPace();
    const mapAll = async (workspaceId: string, people: MappedMember[]) => {
      const started = performance.now();
      await pace.each(workspaceId, people, (mapped) => ({ made: mapped, mapped }));
      return performance.now() - started;
    };
    // 15,000,000 units a second: these may take half a second, and no time is spent on them but for the rest.
    const costly = mapAll('costly', peopleOf(2_050_000, 4));
    const ordinary = mapAll('ordinary', peopleOf(4_000, 2_500));
    expect((await ordinary) * 2).toBeLessThan(await costly);
  });

  it('keeps the order, and ends when it is told to', async () => {
    const people = [1, 2, 3, 4].map((n) => ({ n, workUnits: 1_500_000 }));
    const seen: number[] = [];
    const made = await new MappingPace().each(
      'w',
      people,
      (person) => {
        seen.push(person.n);
        return { made: person.n * 10, mapped: person };
      },
      () => seen.length < 3,
    );
    expect(made).toEqual([10, 20, 30]);
  });
});
