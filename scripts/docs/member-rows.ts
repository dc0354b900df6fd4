/** The rows of the table of limits about members, seats and roles; see `limitRows`. */
export const memberRows: readonly (readonly [what: string, limit: string, beyond: string])[] = [
  ['Seats that a limit may name', '{seatLimitMax}', '400'],
  ['Groups in the order of seats', '{orderGroupsMax}', '400'],
  [
    'Roles of members',
    '{memberRolesMax}; key {roleKeyLengthMaxChars}, name {roleNameLengthMaxChars}, rank to {roleRankMax}, members of one to {roleMembersMax}',
    '400',
  ],
  [
    'Rules of roles in a workspace',
    '{roleRulesMax}; attribute path {roleAttributeLengthMaxChars}, value {roleValueLengthMaxChars}',
    '400',
  ],
  [
    'People that a preview of roles names',
    '{rolePreviewDefault} by default, {rolePreviewMax} at most; all are counted',
    '400',
  ],
  [
    'Members proposed for a person',
    '{proposedMembersMax}; of {membersPerTraitMax} for each trait, by {addressesOfPersonMax} addresses',
    'Found by searching for them',
  ],
  ['Workspaces that the refusal to drop a role names', '{namedWorkspacesMax}', 'The rest is counted'],
];
