import type { SystemName } from './ground.ts';
import type { LargeDirectoryResult } from './large-directory.ts';
import type { MembershipResult } from './membership.ts';
import type { StepResult } from './rounds.ts';
import type { StatementCount } from './statement-count.ts';
import { median } from './statistics.ts';

/** All that was measured. */
export interface Measurements {
  steps: StepResult[];
  membership: MembershipResult[];
  large: LargeDirectoryResult;
  statements: StatementCount[];
  /** Megabytes in RAM, after the large directory and the large group. */
  residentMegabytes: number;
}

/** A figure with what it must be. */
export interface Figure {
  label: string;
  required: { atLeast: number } | { atMost: number };
  unit: '' | ' MB';
  /** Null when this run did not measure it. */
  measured: number | null;
  met: boolean | null;
}

/** Users and members that the figures about large directories are about. */
export const largeDirectoryUsers = 100_000;

/** The figures that the service is held to, from one run. */
export function figuresOf(measurements: Measurements): Figure[] {
  const { steps, membership, large, statements } = measurements;
  const against = (key: string, system: SystemName) => ratioOfRounds(steps, key, system, 'rounds');
  const statementsOf = (key: string) => statements.find((count) => count.key === key)?.perRequest ?? null;
  const isLarge = large.largeUsers === largeDirectoryUsers;
  return [
    atLeast('create (lookup + POST) users/s ÷ floor', 1, against('create', 'floor')),
    atLeast('the same, 32 at once', 1.5, against('create32', 'floor')),
    atLeast('PATCH/s ÷ floor', 0.9, against('patch', 'floor')),
    atLeast('the same, 32 at once', 1.3, against('patch32', 'floor')),
    atLeast('deactivate/s ÷ floor', 0.9, against('deactivate', 'floor')),
    atLeast('the same, 32 at once', 1.3, against('deactivate32', 'floor')),
    atLeast('create group/s ÷ floor', 0.9, against('createGroup', 'floor')),
    atLeast('create group/s ÷ peer', 1.5, against('createGroup', 'peer')),
    atLeast('lookup hit/s ÷ floor', 1.2, against('lookupHit', 'floor')),
    atLeast('lookup miss/s ÷ floor', 1.2, against('lookupMiss', 'floor')),
    atLeast('get/s ÷ floor', 1.2, against('get', 'floor')),
    atLeast('create/s ÷ peer', 2.2, against('create', 'peer')),
    atLeast('PATCH/s ÷ peer', 4, against('patch', 'peer')),
    atMost('CPU per created user ÷ peer', 0.4, ratioOfRounds(steps, 'create', 'peer', 'cpuRounds')),
    ...membershipFigures(membership),
    atMost('statements per lookup', 1, statementsOf('lookupHit')),
    atMost('statements per get', 1, statementsOf('get')),
    atMost('statements per POST of a user', 1, statementsOf('post')),
    atMost('statements per PATCH', 2, statementsOf('patch')),
    atMost(
      'cursor page anywhere in 100,000 users ÷ first page',
      1.5,
      isLarge ? large.cursorSlowestTenthMs / large.cursorFirstPageMs : null,
    ),
    {
      ...atMost(
        'memory, 100,000 users, 100,000 members',
        250,
        isLarge ? measurements.residentMegabytes : null,
      ),
      unit: ' MB',
    },
    atMost(
      'index page, everybody read, 100,000 ÷ 10,000 users',
      4,
      isLarge ? large.indexPageMsLarge / large.indexPageMsSmall : null,
    ),
  ];
}

function membershipFigures(membership: readonly MembershipResult[]): Figure[] {
  const p50 = (size: number, what: 'addMs' | 'removeMs') =>
    membership.find(({ system, groupSize }) => system === 'service' && groupSize === size)?.[what].p50;
  const growth = (size: number, what: 'addMs' | 'removeMs') => {
    const [large, empty] = [p50(size, what), p50(0, what)];
    return large === undefined || empty === undefined ? null : large / empty;
  };
  return [
    atMost('adding a member at 10,000 ÷ at 0, p50', 1.25, growth(10_000, 'addMs')),
    atMost('removing a member at 10,000 ÷ at 0, p50', 1.25, growth(10_000, 'removeMs')),
    atMost('adding a member at 100,000 ÷ at 0, p50', 1.5, growth(100_000, 'addMs')),
    atMost('removing a member at 100,000 ÷ at 0, p50', 1.5, growth(100_000, 'removeMs')),
  ];
}

/**
 * The service's value divided by another system's: the median over the rounds. A machine that was busy elsewhere in a
 * round slowed down both systems alike.
 */
export function ratioOfRounds(
  steps: readonly StepResult[],
  key: string,
  system: SystemName,
  what: 'rounds' | 'cpuRounds',
): number | null {
  const roundsOf = (name: SystemName) =>
    steps.find((step) => step.key === key && step.system === name)?.[what] ?? [];
  const others = roundsOf(system);
  const ratios = roundsOf('service').map((value, round) => value / (others[round] ?? Number.NaN));
  return ratios.length === 0 ? null : median(ratios);
}

function atLeast(label: string, limit: number, measured: number | null): Figure {
  const met = measured === null ? null : measured >= limit;
  return { label, required: { atLeast: limit }, unit: '', measured, met };
}

function atMost(label: string, limit: number, measured: number | null): Figure {
  const met = measured === null ? null : measured <= limit;
  return { label, required: { atMost: limit }, unit: '', measured, met };
}
