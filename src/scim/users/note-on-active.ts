import { type ReadingNote, readingNote } from '../../scim-core/reading-note.ts';

/**
 * What is noted of a PUT that says nothing about `active`.
 *
 * @param active as it is afterwards
 * @param absent what the workspace's settings take its absence for; undefined: it stays as it was
 */
export function noteOnActive(active: unknown, absent: false | undefined): ReadingNote {
  return absent === undefined
    ? readingNote('active', 'active-kept', { active: active !== false })
    : readingNote('active', 'active-absent');
}
