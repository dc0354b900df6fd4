import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeKinds } from '../decision/change.ts';
import { firstBehind, indexOf, placeAt, type PreviewOrder, previewSorts } from './preview-index.ts';
import { type PreviewPart, previewParts } from './preview-cursor.ts';
import type { PlacedChange } from './preview-order.ts';

interface Someone {
  id: string;
  name: string;
  department: string | null;
  title: string | null;
  kind: (typeof changeKinds)[number];
  part: PreviewPart;
}

function placed({ id, name, department, title, kind, part }: Someone): PlacedChange {
  return {
    part,
    change: {
      kind,
      directoryUserId: id,
      memberId: null,
      name,
      fields: [],
      reason: { code: 'new-person', params: {} },
      basedOn: { version: '1', groups: null },
      waitsFor: null,
      groups: null,
      facts: { email: title, department, title },
    },
  };
}

async function* streamed(people: readonly Someone[]) {
  for (const one of people) yield await Promise.resolve([placed(one)]);
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('a', 'A', 'Ä', 'zz', ''),
);
const optional = fc.option(text);
const someone = fc.record({
  id: fc.uuid(),
  name: text,
  department: optional,
  title: optional,
  kind: fc.constantFrom(...changeKinds),
  part: fc.constantFrom(...previewParts),
});
const company = fc.uniqueArray(someone, { selector: ({ id }) => id, maxLength: 30 });
const order: fc.Arbitrary<PreviewOrder> = fc.record({
  sort: fc.constantFrom(...previewSorts),
  isDescending: fc.boolean(),
});

describe('an index of the preview', () => {
  it('has everybody once, and its pages of any size are the whole of it', async () => {
    await fc.assert(
      fc.asyncProperty(company, order, fc.integer({ min: 1, max: 7 }), async (people, by, limit) => {
        const index = await indexOf(streamed(people), by);
        expect(index.ids.toSorted()).toEqual(people.map(({ id }) => id).toSorted());
        const seen: string[] = [];
        for (let at = 0; at < index.ids.length;) {
          const page = index.ids.slice(at, at + limit);
          seen.push(...page);
          at = firstBehind(index, placeAt(index, at + page.length - 1), by);
        }
        expect(seen).toEqual(index.ids);
      }),
    );
  });

  it('goes on behind a place, no matter who has come or gone meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(company, company, order, fc.nat(), async (before, others, by, chosen) => {
        fc.pre(before.length > 0);
        const index = await indexOf(streamed(before), by);
        const at = chosen % index.ids.length;
        const gone = new Set(before.slice(0, before.length >> 1).map(({ id }) => id));
        const stay = before.filter(({ id }) => !gone.has(id));
        const after = await indexOf(streamed([...stay, ...others]), by);
        const start = firstBehind(after, placeAt(index, at), by);
        const shown = new Set(index.ids.slice(0, at + 1));
        const rest = after.ids.slice(start);
        expect(rest.filter((id) => shown.has(id))).toEqual([]);
        const missed = stay.filter(({ id }) => !shown.has(id) && !rest.includes(id));
        expect(missed).toEqual([]);
      }),
    );
  });

  it('stands by letters, not by case or accents, and has those without a value last either way', async () => {
    const people = ['b', 'Ä', null, 'a', 'C'].map((department, n) => ({
      id: `0000000${n}-0000-7000-8000-000000000000`,
      name: String(n),
      department,
      title: null,
      kind: 'create' as const,
      part: 'queue' as const,
    }));
    const named = async (isDescending: boolean) => {
      const { ids } = await indexOf(streamed(people), { sort: 'department', isDescending });
      return ids.map((id) => people.find((one) => one.id === id)?.department);
    };
    expect(await named(false)).toEqual(['Ä', 'a', 'b', 'C', null]);
    expect(await named(true)).toEqual(['C', 'b', 'a', 'Ä', null]);
  });
});
