/** What is kept for some days, and the fewest and most days that it may be. */
export const retentionLimits = {
  /** Members who were removed, since then. */
  removedMembersDays: { minDays: 1, maxDays: 3_650 },
  /** What the identity provider changed, field by field. The provisioning log shows it for 30 days. */
  historyDays: { minDays: 30, maxDays: 3_650 },
  /** Runs and what they changed. The removal guard and undo look back. */
  changesDays: { minDays: 7, maxDays: 3_650 },
  /** The audit log. */
  auditDays: { minDays: 90, maxDays: 3_650 },
} as const;

export type RetentionName = keyof typeof retentionLimits;
export const retentionNames = Object.keys(retentionLimits) as RetentionName[];

/** For how many days what is past is kept in a workspace; null: for ever. */
export type Retention = Record<RetentionName, number | null>;

/** What is stored, with nulls for what is not. */
export function readRetention(stored: Partial<Retention>): Retention {
  const days = (name: RetentionName) => stored[name] ?? null;
  return {
    removedMembersDays: days('removedMembersDays'),
    historyDays: days('historyDays'),
    changesDays: days('changesDays'),
    auditDays: days('auditDays'),
  };
}
