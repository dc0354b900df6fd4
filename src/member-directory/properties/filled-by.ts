/** Who may fill a property: only mapping rules, only people, or people wherever no rule fills it. */
export const fillers = ['both', 'provisioning', 'people'] as const;
export type FilledBy = (typeof fillers)[number];
