import type { GroupChangeKind } from '../policy/chosen-groups.ts';

export const runTriggers = [
  'manual',
  'nightly',
  'leaver',
  'returner',
  'role',
  'undo',
  'bring_back',
  'seat',
] as const;
export type RunTrigger = (typeof runTriggers)[number];

export const runStates = [
  'queued',
  'running',
  'awaiting_approval',
  'succeeded',
  'failed',
  'undone',
  'partially_undone',
] as const;
export type RunState = (typeof runStates)[number];

export type GroupCounts = Record<GroupChangeKind, number>;
