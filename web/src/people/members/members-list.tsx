import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { Link } from '../../parts/page/link.tsx';
import { propertiesQuery } from '../../api/queries/members.ts';
import type { Member, Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Tick } from '../../parts/lists/tick.tsx';
import type { Choosable, Selection } from '../../parts/lists/use-selection.ts';
import { memberTones, StateBadge } from '../../parts/page/badges.tsx';
import { VirtualRows, type VirtualRowsProps } from '../../parts/page/virtual-rows.tsx';
import { useRoleName } from '../../parts/text/role-name.tsx';
import { memberName } from '../../parts/text/member-name.ts';
import { bulkKind } from './member-words.ts';
import { useProvisioningState } from './use-provisioning-state.ts';

interface MembersListProps {
  members: readonly Member[];
  label: string;
  /** How many there are on all pages, where that is known. */
  total?: number | null;
  /** Who is chosen, where the list is one to choose from. */
  selection?: Selection;
  hasMore: boolean;
  isLoadingMore: boolean;
  isStale?: boolean;
  loadMore: () => void;
  counted?: VirtualRowsProps<Member>['counted'];
}

/** Members as rows that lead to the person's page. */
export function MembersList({ members, label, selection, ...paging }: MembersListProps) {
  const { t } = useTranslation();
  // Rows stay as they are while they are the same and nobody else is ticked.
  const state = useProvisioningState();
  const latest = useRef({ selection, members, state });
  latest.current = { selection, members, state };
  const tick = useCallback((member: Member, extend: boolean) => {
    const { selection: now, members: listed } = latest.current;
    const choice = (each: Member) => choosable(each, latest.current.state);
    now?.toggle(choice(member), listed.map(choice), extend);
  }, []);
  const { isAll, chosen } = selection ?? {};
  const roleName = useRoleName();
  const hasDepartment = useDepartment() !== null;
  const render = useCallback(
    (member: Member, index: number) => (
      <MemberRow
        member={member}
        index={index}
        status={t(`member.status.${member.status}`)}
        held={t('kind.held')}
        suspended={t('suspend.badge')}
        role={member.role === null ? null : roleName(member.role)}
        hasDepartment={hasDepartment}
        choice={
          chosen && {
            label: t('list.chooseOne', { name: memberName(member) }),
            isChosen: isAll === true || chosen.has(member.id),
            onTick: (extend) => tick(member, extend),
          }
        }
      />
    ),
    [t, isAll, chosen, tick, roleName, hasDepartment],
  );
  return (
    <VirtualRows
      isTable
      items={members}
      label={label}
      head={<MembersHead members={members} selection={selection} />}
      fixedHeight
      keyOf={idOf}
      render={render}
      {...paging}
    />
  );
}

const idOf = ({ id }: Member) => id;

function choosable(member: Member, state: Overview['state']): Choosable {
  return { id: member.id, name: memberName(member), kind: bulkKind(member, state) };
}

function MembersHead({
  members,
  selection,
}: {
  members: readonly Member[];
  selection: Selection | undefined;
}) {
  const { t } = useTranslation();
  const state = useProvisioningState();
  const department = useDepartment();
  const areAllChosen = selection !== undefined && members.every(({ id }) => selection.has(id));
  return (
    <div
      className={`row-cells row-head members${selection ? ' choosable' : ''}`}
      role="row"
      aria-rowindex={1}
    >
      {selection && (
        <span role="columnheader">
          <Tick
            label={t('list.chooseLoaded')}
            checked={areAllChosen}
            partly={selection.chosen.size > 0 && !areAllChosen}
            onTick={() => selection.toggleLoaded(members.map((each) => choosable(each, state)))}
          />
        </span>
      )}
      <span role="columnheader">{t('members.name')}</span>
      <span role="columnheader">{t('field.status')}</span>
      <span role="columnheader">{t('field.jobTitle')}</span>
      {department === null ? <span aria-hidden /> : <span role="columnheader">{department}</span>}
    </div>
  );
}

interface MemberRowProps {
  member: Member;
  index: number;
  status: string;
  held: string;
  suspended: string;
  role: string | null;
  hasDepartment: boolean;
  choice: { label: string; isChosen: boolean; onTick: (extend: boolean) => void } | undefined;
}

/** Plain elements alone: dozens of these come and go at each turn of the wheel. */
function MemberRow({ member, index, status, held, suspended, role, hasDepartment, choice }: MemberRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`row-cells members${choice ? ' choosable' : ''}`}
      data-chosen={choice?.isChosen || undefined}
    >
      {choice && (
        <span role="cell" className="row-tick">
          <Tick label={choice.label} checked={choice.isChosen} onTick={choice.onTick} />
        </span>
      )}
      <span role="cell" className="member-names">
        <Link to={`/members/${member.id}`} className="row-open">
          {memberName(member)}
        </Link>
        <span>{member.email}</span>
      </span>
      <span role="cell">
        <StateBadge tone={memberTones[member.status]}>{status}</StateBadge>
        {member.heldSince && (
          <>
            {' '}
            <StateBadge tone="amber">{held}</StateBadge>
          </>
        )}
        {member.suspension && (
          <>
            {' '}
            <StateBadge tone="red">{suspended}</StateBadge>
          </>
        )}
        {role !== null && <span className="member-role"> {role}</span>}
      </span>
      <span role="cell" className="cell wide-only one-line">
        {member.jobTitle ?? '–'}
      </span>
      {hasDepartment ? (
        <span role="cell" className="cell wide-only one-line">
          {departmentOf(member)}
        </span>
      ) : (
        <span aria-hidden className="wide-only" />
      )}
    </div>
  );
}

/** What the property is called that tells the department; null where there is none, and nothing to show. */
function useDepartment(): string | null {
  const properties = useQuery(propertiesQuery).data?.items;
  return properties?.find(({ key }) => key === 'department')?.name ?? null;
}

function departmentOf({ properties }: Member): string {
  const { department } = properties as Record<string, unknown>;
  return typeof department === 'string' ? department : '–';
}
