import type { ConflictSide } from '../../api/shapes.ts';

/** What is compared between the people in a conflict, in this order. */
export const sideFacts = [
  'email',
  'userName',
  'externalId',
  'department',
  'title',
  'account',
  'memberStatus',
  'accountChangedAt',
  'memberChangedAt',
] as const;

export type SideFact = (typeof sideFacts)[number];

/** Times are different as a rule, which tells nobody apart. */
const told: readonly SideFact[] = sideFacts.filter(
  (fact) => fact !== 'accountChangedAt' && fact !== 'memberChangedAt',
);

/** What is not the same for all of them; addresses are compared as the service does, without regard to case. */
export function differingFacts(sides: readonly ConflictSide[]): ReadonlySet<SideFact> {
  const valueOf = (side: ConflictSide, fact: SideFact): string => {
    if (fact === 'memberStatus') return `${side.memberStatus} ${side.source}`;
    return (side[fact] ?? '').toLowerCase();
  };
  return new Set(told.filter((fact) => new Set(sides.map((side) => valueOf(side, fact))).size > 1));
}
