import { foldCase } from '../../scim-core/fold.ts';
import { changeKinds } from '../decision/change.ts';
import type { Place } from '../../http/paging/page.ts';
import { firstPlace } from './first-place.ts';
import { type PreviewPart, previewParts } from './preview-cursor.ts';
import type { Outline } from './preview-outline.ts';

/** What the preview can be sorted by; `arrival`: as a run would go through it. */
export const previewSorts = ['arrival', 'name', 'email', 'department', 'title', 'kind'] as const;
export type PreviewSort = (typeof previewSorts)[number];

/** An order of the preview. */
export interface PreviewOrder {
  sort: PreviewSort;
  isDescending: boolean;
}

/** The order of a run. */
export const asTheyCome: PreviewOrder = { sort: 'arrival', isDescending: false };

/**
 * Who stands on a list, in its order: so that each page of it is found at once, whatever it is sorted by. `keys` are what
 * people are sorted by, in the same places.
 */
export interface PreviewIndex {
  ids: readonly string[];
  keys: readonly string[];
  sizeBytes: number;
}

/** People with long names are sorted by the beginning, and then by id: a cursor holds the key. */
const keyLengthMaxChars = 120;

/** Comes behind every key: who has no department stands last in both directions. */
const absent = '\uffff';
const separator = '\u0000';

/** About what an entry takes beside the text of its key. */
const entrySizeBytes = 100;

/** Somebody on a list, and in which part of the preview. */
export interface Listed {
  part: PreviewPart;
  change: Pick<Outline, 'directoryUserId' | 'kind' | 'name' | 'facts'>;
}

/**
 * Makes the index of a list. Somebody who stands in it twice has the later place.
 *
 * @param changes many at a time, since waiting for each would take longer than all the rest
 */
export async function indexOf(
  changes: AsyncIterable<readonly Listed[]>,
  order: PreviewOrder,
): Promise<PreviewIndex> {
  const keyOfPerson = new Map<string, string>();
  for await (const some of changes) {
    for (const one of some) keyOfPerson.set(one.change.directoryUserId, keyOf(one, order.sort));
  }
  const entries = [...keyOfPerson].map(([id, key]): Entry => ({ id, key }));
  entries.sort((one, other) => compare(one, other, order));
  let sizeBytes = 0;
  for (const { key } of entries) sizeBytes += entrySizeBytes + 2 * key.length;
  return { ids: entries.map(({ id }) => id), keys: entries.map(({ key }) => key), sizeBytes };
}

/** Where a page begins: the first entry behind a place. People who have kept their place are listed exactly once. */
export function firstBehind({ ids, keys }: PreviewIndex, place: Place | null, order: PreviewOrder): number {
  if (place === null) return 0;
  const from: Entry = { id: place.id, key: place.sortValue ?? '' };
  return firstPlace(ids.length, (at) => compare({ id: ids[at] ?? '', key: keys[at] ?? '' }, from, order) > 0);
}

/** The place of an entry. */
export function placeAt({ ids, keys }: PreviewIndex, at: number): Place {
  return { id: ids[at] ?? '', sortValue: keys[at] ?? '' };
}

interface Entry {
  id: string;
  key: string;
}

function compare(one: Entry, other: Entry, { isDescending }: PreviewOrder): number {
  if (one.key !== other.key) {
    // What is absent is behind every letter by itself.
    if (!isDescending) return one.key < other.key ? -1 : 1;
    const [oneIsAbsent, otherIsAbsent] = [one.key.startsWith(absent), other.key.startsWith(absent)];
    if (oneIsAbsent !== otherIsAbsent) return oneIsAbsent ? 1 : -1;
    return one.key < other.key ? 1 : -1;
  }
  return one.id < other.id ? -1 : Number(one.id > other.id);
}

/** By what is asked for, then by name. */
function keyOf({ part, change }: Listed, sort: PreviewSort): string {
  const name = sortKey(change.name);
  switch (sort) {
    case 'arrival':
      return String(previewParts.indexOf(part));
    case 'name':
      return name;
    case 'kind': {
      const place = change.kind === 'nothing' ? changeKinds.length : changeKinds.indexOf(change.kind);
      return String(place).padStart(2, '0') + separator + name;
    }
    default:
      return sortKey(change.facts[sort]) + separator + name;
  }
}

/** Letters without accents, as most texts of most companies: their keys need no more than one case. */
// eslint-disable-next-line no-control-regex -- ASCII, as a whole
const isPlain = /^[\u0001-\u007f]+$/;

/** A text as it is sorted: neither case nor accents count, so that Ä stands beside A, not behind Z. */
function sortKey(text: string | null): string {
  if (text === null || text === '') return absent;
  if (isPlain.test(text)) return text.slice(0, keyLengthMaxChars).toLowerCase();
  const beginning = foldCase(text.slice(0, keyLengthMaxChars).toWellFormed());
  const plain = beginning.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  // A cursor holds it as UTF-8, which knows no half of a character.
  return plain.slice(0, keyLengthMaxChars).toWellFormed() || absent;
}
