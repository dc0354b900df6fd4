/**
 * Pages and parts of the settings screen that a product may leave out. It tidies up and protects nothing: what somebody may
 * do is said by their role.
 */
export const hideableParts = [
  'header',
  'navigation',
  'members',
  'properties',
  'groups',
  'log',
  'audit-log',
  'notifications',
  'sessions',
  'api-docs',
] as const;
export type HideablePart = (typeof hideableParts)[number];
