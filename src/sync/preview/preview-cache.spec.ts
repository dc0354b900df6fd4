import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeKinds } from '../decision/change.ts';
import {
  outlinesOf,
  packStep,
  type ShownDecision,
  stepsAbout,
  stepsAfter,
  stepsOf,
} from './preview-cache.ts';
import { outlineOf } from './preview-outline.ts';

const endOfAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const group = fc.record({ id: fc.uuid(), name: fc.string({ maxLength: 5 }) });
const decision: fc.Arbitrary<ShownDecision> = fc.record({
  kind: fc.constantFrom('nothing', ...changeKinds),
  directoryUserId: fc.uuid(),
  memberId: fc.constant(null),
  name: fc.string({ unit: 'grapheme', maxLength: 8 }),
  fields: fc.constantFrom([], [{ field: 'email', before: 'old@example.com', after: 'new@example.com' }]),
  reason: fc.constant({ code: 'new-person' as const, params: {} }),
  basedOn: fc.constant({ version: '1', groups: null }),
  waitsFor: fc.constant(null),
  groups: fc.option(
    fc.record({ joined: fc.array(group, { maxLength: 2 }), left: fc.array(group, { maxLength: 2 }) }),
  ),
  origin: fc.constant('nobody' as const),
  member: fc.constant(null),
  facts: fc.record({
    email: fc.constantFrom(null, 'new@example.com'),
    department: fc.option(fc.string({ maxLength: 5 })),
    title: fc.constant(null),
  }),
});

/** Two batches of the queue and one of people who wait for a new member, and a part of their people. */
const plan = fc
  .uniqueArray(decision, { selector: ({ directoryUserId }) => directoryUserId, minLength: 1, maxLength: 160 })
  .chain((people) =>
    fc.tuple(
      fc.constant(people),
      fc.nat(people.length),
      fc.subarray(people.map((one) => one.directoryUserId)),
    ),
  );

async function decisionsIn(steps: AsyncIterable<{ decisions: readonly ShownDecision[] }>) {
  const found: ShownDecision[] = [];
  for await (const { decisions } of steps) found.push(...decisions);
  return found;
}

const ids = (decisions: readonly ShownDecision[]) => decisions.map((one) => one.directoryUserId).sort();

describe('a packed plan', () => {
  it('says of those who are asked for what it said of them, and of nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ([people, cut, wanted]) => {
        const [queue, waiting] = [people.slice(0, cut), people.slice(cut)];
        const steps = [
          await packStep({ after: null, last: queue.at(-1)?.directoryUserId ?? '', decisions: queue }),
          await packStep({ after: null, last: endOfAll, decisions: waiting }),
        ];
        expect(new Set(await decisionsIn(stepsOf(steps)))).toEqual(new Set(people));
        const about = await decisionsIn(stepsAbout(steps, wanted));
        expect(ids(about)).toEqual([...wanted].sort());
        expect(new Set(about)).toEqual(new Set(people.filter((one) => wanted.includes(one.directoryUserId))));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps no more memory than the size that it is counted with', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ([people]) => {
        const { blocks, outlines } = await packStep({ after: null, last: endOfAll, decisions: people });
        for (const packed of [outlines, ...blocks.map((block) => block.packed)])
          expect(packed.buffer.byteLength).toBe(packed.byteLength);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves out nobody who stands behind a place, nor who waits for a new member', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.uuid(), async ([people, cut], after) => {
        const [queue, waiting] = [people.slice(0, cut), people.slice(cut)];
        const steps = [
          await packStep({ after: null, last: endOfAll.replaceAll('f', 'e'), decisions: queue }),
          await packStep({ after: null, last: endOfAll, decisions: waiting }),
        ];
        const behind = [...queue.filter((one) => one.directoryUserId > after), ...waiting];
        expect(ids(await decisionsIn(stepsAfter(steps, after)))).toEqual(expect.arrayContaining(ids(behind)));
      }),
      { numRuns: 30 },
    );
  });

  it('is found and sorted by outlines that say the same as the changes', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ([people]) => {
        const step = await packStep({ after: null, last: endOfAll, decisions: people });
        const outlines = [];
        for await (const each of outlinesOf([step])) outlines.push(...each.outlines);
        const changes = people.filter(({ kind }) => kind !== 'nothing');
        expect(new Set(outlines)).toEqual(new Set(changes.map(outlineOf)));
      }),
      { numRuns: 30 },
    );
  });
});
