import { Text } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Member } from '../api/shapes.ts';
import { MemberBadge } from '../parts/badges.tsx';
import { useFieldName } from '../parts/field-changes.tsx';
import { VirtualRows } from '../parts/virtual-rows.tsx';
import { memberName } from './member-name.ts';

interface MembersListProps {
  members: readonly Member[];
  label: string;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
}

/** Members as rows that lead to the person's page. */
export function MembersList({ members, label, ...paging }: MembersListProps) {
  return (
    <VirtualRows
      items={members}
      label={label}
      head={<MembersHead />}
      keyOf={(member) => member.id}
      render={(member) => <MemberRow member={member} />}
      {...paging}
    />
  );
}

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

function MemberRow({ member }: { member: Member }) {
  return (
    <Link to={`/members/${member.id}`} className="row-cells members">
      <span className="cell">
        <strong>{memberName(member)}</strong>
        <br />
        <Text span size="xs" c="dimmed">
          {member.email}
        </Text>
      </span>
      <span>
        <MemberBadge status={member.status} />
      </span>
      <span className="cell wide-only">{member.jobTitle ?? '–'}</span>
      <span className="cell wide-only">{departmentOf(member)}</span>
      <IconChevronRight size={16} aria-hidden className="wide-only" />
    </Link>
  );
}

function departmentOf({ properties }: Member): string {
  const { department } = properties as Record<string, unknown>;
  return typeof department === 'string' ? department : '–';
}
