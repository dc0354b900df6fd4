import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChangeKind, Member, Run } from '../api/shapes.ts';

/** Ground and text of each tone: at least 4.5 : 1 in both themes. */
const tones = {
  green: 'light-dark(#e3f5ea, #173326)/light-dark(#17603a, #8ce0ad)',
  blue: 'light-dark(#e7ecff, #232a4d)/light-dark(#3140a8, #bcc6ff)',
  amber: 'light-dark(#fff3d6, #3a2e10)/light-dark(#7a4f00, #f5cf7a)',
  red: 'light-dark(#fde8e8, #431d1f)/light-dark(#a11d1d, #ffb1b1)',
  gray: 'light-dark(#eceef2, #2a2e36)/light-dark(#4a5160, #c3c9d4)',
};
export type Tone = keyof typeof tones;

/** A state by word and colour. */
export function StateBadge({ tone, children }: { tone: Tone; children: string }) {
  const [background, color] = tones[tone].split('/');
  return (
    <Badge
      variant="filled"
      radius="sm"
      tt="none"
      fw={600}
      styles={{ root: { background, color }, label: { overflow: 'visible' } }}
    >
      {children}
    </Badge>
  );
}

const kindTones: Record<ChangeKind, Tone> = {
  create: 'green',
  link: 'blue',
  update: 'blue',
  reactivate: 'green',
  deactivate: 'amber',
  remove: 'red',
  conflict: 'red',
  held: 'amber',
  suppressed: 'gray',
  excluded: 'gray',
  nothing: 'gray',
};

/** What happens to a person. */
export function KindBadge({ kind }: { kind: ChangeKind }) {
  const { t } = useTranslation();
  return <StateBadge tone={kindTones[kind]}>{t(`kind.${kind}`)}</StateBadge>;
}

const runTones: Record<Run['state'], Tone> = {
  queued: 'gray',
  running: 'blue',
  awaiting_approval: 'amber',
  succeeded: 'green',
  failed: 'red',
  undone: 'gray',
  partially_undone: 'gray',
};

/** How a run stands. */
export function RunBadge({ state }: { state: Run['state'] }) {
  const { t } = useTranslation();
  return <StateBadge tone={runTones[state]}>{t(`run.state.${state}`)}</StateBadge>;
}

const memberTones: Record<Member['status'], Tone> = { active: 'green', deactivated: 'gray', removed: 'red' };

/** Whether a member has access. */
export function MemberBadge({ status }: { status: Member['status'] }) {
  const { t } = useTranslation();
  return <StateBadge tone={memberTones[status]}>{t(`member.status.${status}`)}</StateBadge>;
}
