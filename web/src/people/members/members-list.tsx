import { useCallback } from 'react';
import { Link } from 'react-router';
import type { Member } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { memberTones, StateBadge } from '../../parts/page/badges.tsx';
import { useFieldName } from '../../parts/text/field-changes.tsx';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { memberName } from '../../parts/text/member-name.ts';

interface MembersListProps {
  members: readonly Member[];
  label: string;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
}

/** Members as rows that lead to the person's page. */
export function MembersList({ members, label, ...paging }: MembersListProps) {
  const { t } = useTranslation();
  const render = useCallback(
    (member: Member) => (
      <MemberRow
        member={member}
        status={t(`member.status.${member.status}`)}
        held={t('kind.held')}
        suspended={t('suspend.badge')}
      />
    ),
    [t],
  );
  return (
    <VirtualRows
      items={members}
      label={label}
      head={<MembersHead />}
      fixedHeight
      keyOf={idOf}
      render={render}
      {...paging}
    />
  );
}

const idOf = ({ id }: Member) => id;

function MembersHead() {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  return (
    <div className="row-cells row-head members" aria-hidden>
      <span>{t('members.name')}</span>
      <span>{t('field.status')}</span>
      <span>{t('field.jobTitle')}</span>
      <span>{nameOf('properties.department')}</span>
    </div>
  );
}

interface MemberRowProps {
  member: Member;
  status: string;
  held: string;
  suspended: string;
}

/** Plain elements alone: dozens of these come and go at each turn of the wheel. */
function MemberRow({ member, status, held, suspended }: MemberRowProps) {
  return (
    <Link to={`/members/${member.id}`} className="row-cells members">
      <span className="member-names">
        <strong>{memberName(member)}</strong>
        <span>{member.email}</span>
      </span>
      <span>
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
      </span>
      <span className="cell wide-only one-line">{member.jobTitle ?? '–'}</span>
      <span className="cell wide-only one-line">{departmentOf(member)}</span>
    </Link>
  );
}

function departmentOf({ properties }: Member): string {
  const { department } = properties as Record<string, unknown>;
  return typeof department === 'string' ? department : '–';
}
