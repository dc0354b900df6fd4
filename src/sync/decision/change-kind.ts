/** The kinds of change that the contract counts; `held`, `suppressed` and `excluded` withhold another change. */
export const changeKinds = [
  'create',
  'link',
  'update',
  'deactivate',
  'reactivate',
  'remove',
  'conflict',
  'held',
  'suppressed',
  'excluded',
] as const;

export type ChangeKind = (typeof changeKinds)[number];
