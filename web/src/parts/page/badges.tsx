import type { Change, ChangeKind, Member, Run, RunChange } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { doneKindText, type HeldFor, kindText } from '../text/kind-words.ts';

export type Tone = 'green' | 'blue' | 'amber' | 'red' | 'gray';

/** A state by word and colour. */
export function StateBadge({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`badge ${tone}`}>{children}</span>;
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

/** What would happen to people. */
export function KindBadge({ kind }: { kind: ChangeKind }) {
  const { t } = useTranslation();
  return <StateBadge tone={kindTones[kind]}>{t(`kind.${kind}`)}</StateBadge>;
}

/** What would happen to a person; of who is held, what they wait for. */
export function ChangeBadge({ change }: { change: Pick<Change, 'kind' | 'reason'> }) {
  const { t } = useTranslation();
  return <StateBadge tone={kindTones[change.kind]}>{t(kindText(change))}</StateBadge>;
}

/** What people wait for who are held. */
export function HeldBadge({ waitsFor }: { waitsFor: HeldFor }) {
  const { t } = useTranslation();
  return <StateBadge tone={kindTones.held}>{t(`kind.held.${waitsFor}`)}</StateBadge>;
}

/** What a run did to a person, or to all people of a kind. */
export function DoneBadge({ kind, state }: { kind: ChangeKind; state?: RunChange['state'] }) {
  const { t } = useTranslation();
  return <StateBadge tone={kindTones[kind]}>{t(doneKindText(kind, state))}</StateBadge>;
}

/** The colour of each state of a run. */
export const runTones: Record<Run['state'], Tone> = {
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

export const memberTones: Record<Member['status'], Tone> = {
  active: 'green',
  deactivated: 'gray',
  removed: 'red',
};

/** Whether a member has access. */
export function MemberBadge({ status }: { status: Member['status'] }) {
  const { t } = useTranslation();
  return <StateBadge tone={memberTones[status]}>{t(`member.status.${status}`)}</StateBadge>;
}
