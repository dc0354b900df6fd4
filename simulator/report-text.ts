import type { CycleReport } from './cycle-report.ts';
import type { DayEvents } from './next-day.ts';
import { textTable } from './text-table.ts';

const failuresShownMax = 10;
const namesLengthMaxChars = 90;

/** What a cycle did, as lines: one sentence, a table of requests and answers, and the first failures. */
export function reportLines(report: CycleReport): string[] {
  const lines = [
    `${summaryLine(report)} (${(report.durationMs / 1000).toFixed(1)} s)`,
    '',
    ...requestLines(report),
  ];
  if (report.retries > 0) lines.push('', `${report.retries} repeated after a transient failure.`);
  if (report.quarantined !== null) lines.push('', `QUARANTINE: the job stopped. ${report.quarantined}`);
  if (report.failures.length > 0) lines.push('', ...failureLines(report));
  return lines;
}

/** The numbers that are not zero, in one line. */
export function summaryLine(report: CycleReport): string {
  const users = nonZero({ ...report.users, 'managers set': report.users.managersSet, managersSet: 0 });
  const { membersAdded, membersRemoved, ...groups } = report.groups;
  const memberships = nonZero({ added: membersAdded, removed: membersRemoved });
  const parts = [
    ['users', users],
    ['groups', nonZero(groups)],
    ['memberships', memberships],
  ].filter(([, numbers]) => numbers !== '');
  return parts.length === 0
    ? 'nothing to do'
    : parts.map(([what, numbers]) => `${what}: ${numbers}`).join('; ');
}

function nonZero(numbers: Record<string, number>): string {
  const shown = Object.entries(numbers).filter(([, count]) => count > 0);
  return shown.map(([word, count]) => `${count} ${word}`).join(', ');
}

function requestLines(report: CycleReport): string[] {
  const rows = report.requests.map(({ kind, status, count, p50Ms, p95Ms }) => [
    kind,
    status === 0 ? 'none' : `${status}`,
    `${count}`,
    p50Ms.toFixed(1),
    p95Ms.toFixed(1),
  ]);
  const right = true;
  return textTable(
    [
      { heading: 'request' },
      { heading: 'answer' },
      { heading: 'count', right },
      { heading: 'p50 ms', right },
      { heading: 'p95 ms', right },
    ],
    rows,
  );
}

function failureLines({ failures }: CycleReport): string[] {
  const shown = failures.slice(0, failuresShownMax).map(({ subject, kind, status, detail }) => {
    return `  ${subject}: ${kind} ${status === 0 ? 'no answer' : status}: ${detail}`;
  });
  const more = failures.length - shown.length;
  return [`${failures.length} failed:`, ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}

const eventWords: Record<keyof DayEvents, string> = {
  joiners: 'joined',
  movers: 'moved',
  renamed: 'renamed',
  leavers: 'left',
  tombstoned: 'soft-deleted',
  restored: 'restored',
  purged: 'deleted for good',
  groupsRenamed: 'group renamed',
  groupMembersAdded: 'into a group',
  groupMembersRemoved: 'out of a group',
};

/** What happened between two days, as lines: how many of each kind, and as many names as fit. */
export function eventLines(events: DayEvents): string[] {
  const kinds = Object.keys(eventWords) as (keyof DayEvents)[];
  return kinds
    .filter((kind) => events[kind].length > 0)
    .map(
      (kind) =>
        `${String(events[kind].length).padStart(4)} ${eventWords[kind].padEnd(16)}  ${first(events[kind])}`,
    );
}

function first(names: readonly string[]): string {
  let text = names[0] ?? '';
  for (const [index, name] of names.entries()) {
    if (index === 0) continue;
    if (text.length + name.length > namesLengthMaxChars) return `${text}; …`;
    text += `; ${name}`;
  }
  return text;
}
