import { type InputFault, wordedFault } from '../../errors/domain-errors.ts';
import type { Sentence } from '../../errors/sentence.ts';
import { type MemberRole, reservedRoleKeys, roleKeyPattern } from './member-role.ts';

/** What can be wrong with roles that are declared, without its subject, which is the place: `[2].rank`. */
const sentences = {
  'bad-role-key': {
    en: 'must begin with a small letter and hold only a-z, 0-9, - and _',
    de: 'muss mit einem Kleinbuchstaben beginnen und darf nur a-z, 0-9, - und _ enthalten',
  },
  'reserved-role-key': {
    en: 'is a word that stands for something else: {key}',
    de: 'ist ein Wort, das für etwas anderes steht: {key}',
  },
  'role-key-twice': {
    en: 'is the key of [{at}], too: {key}',
    de: 'ist auch der Schlüssel von [{at}]: {key}',
  },
  'role-rank-twice': {
    en: 'is the rank of {key}, too: of two roles one must be higher',
    de: 'ist auch der Rang von {key}: Von zwei Rollen muss eine höher sein',
  },
} satisfies Record<string, Sentence>;

function fault(path: string, code: keyof typeof sentences, params: Record<string, unknown>): InputFault {
  return wordedFault(path, { code, params, sentence: sentences[code] });
}

/** Everything that is wrong with these roles together: keys and ranks that stand there twice, words that are reserved. */
export function faultsOfRoles(roles: readonly Pick<MemberRole, 'key' | 'rank'>[]): InputFault[] {
  const keys = new Map<string, number>();
  const ranks = new Map<number, string>();
  return roles.flatMap(({ key, rank }, at) => {
    const faults: InputFault[] = [];
    const first = keys.get(key);
    const ranked = ranks.get(rank);
    if (!roleKeyPattern.test(key)) faults.push(fault(`[${at}].key`, 'bad-role-key', {}));
    if (reservedRoleKeys.has(key)) faults.push(fault(`[${at}].key`, 'reserved-role-key', { key }));
    if (first !== undefined) faults.push(fault(`[${at}].key`, 'role-key-twice', { at: first, key }));
    else if (ranked !== undefined) faults.push(fault(`[${at}].rank`, 'role-rank-twice', { key: ranked }));
    keys.set(key, first ?? at);
    ranks.set(rank, ranked ?? key);
    return faults;
  });
}
