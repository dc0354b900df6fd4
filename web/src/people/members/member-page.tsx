import { Anchor, Text, Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router';
import { Link } from '../../parts/page/link.tsx';
import { memberQuery, propertiesQuery } from '../../api/queries/members.ts';
import { overviewQuery } from '../../api/queries/overview.ts';
import { refreshMs } from '../../api/queries/refresh.ts';
import type { FieldValue, Member } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { memberTextFields } from '../../locales/member-fields.ts';
import { MemberBadge, StateBadge } from '../../parts/page/badges.tsx';
import { PersonName, Value } from '../../parts/text/field-changes.tsx';
import { RoleName } from '../../parts/text/role-name.tsx';
import { propertyField } from '../../parts/text/field-name.ts';
import { Page, Section } from '../../parts/page/page.tsx';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { Moment } from '../../parts/text/time-text.tsx';
import { useMemberKeptCurrent } from '../../parts/page/use-kept-current.ts';
import { MemberDialog } from './member-dialog.tsx';
import { StatusButtons } from './member-status.tsx';
import { SuspendButton, SuspensionNotice } from './member-suspension.tsx';
import { MemberGroups } from './member-groups.tsx';
import { allLockedWords, isEditable, isLocked, isProvisioned } from './member-words.ts';
import { useIsGone } from './use-is-gone.ts';
import { useProvisioningState } from './use-provisioning-state.ts';
import { memberName } from '../../parts/text/member-name.ts';
import { PendingChange } from '../timeline/pending-change.tsx';
import { Timeline } from '../timeline/timeline.tsx';

/** One person: fields with their source, what is pending, what happened. */
export function MemberPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  // Somebody may leave, or be suspended by another admin, while they are looked at.
  const member = useQuery({ ...memberQuery(id), refetchInterval: refreshMs });
  useMemberKeptCurrent(member.data);
  const [editing, setEditing] = useState(false);
  const found = member.data;
  const isActive = useQuery(overviewQuery).data?.state === 'active';
  // What the service would refuse is not offered: the identity provider has the status then.
  const statusIsOwned = found !== undefined && isActive && isProvisioned(found);
  return (
    <Page
      title={found ? memberName(found) : t('nav.members')}
      parent={{ title: t('nav.members'), to: '/members' }}
      actions={
        found &&
        found.status !== 'removed' && (
          <>
            <SuspendButton member={found} />
            <StatusButtons member={found} />
            <EditButton member={found} onEdit={() => setEditing(true)} />
          </>
        )
      }
    >
      <ErrorNote error={member.error} retry={() => void member.refetch()} />
      {found === undefined ? (
        !member.error && <ListSkeleton />
      ) : (
        <>
          <SuspensionNotice member={found} />
          <Fields member={found} statusIsOwned={statusIsOwned} />
          <MemberGroups memberId={found.id} />
          <PendingChange member={found} />
          <Timeline memberId={found.id} isProvisioned={isProvisioned(found)} />
          <MemberDialog opened={editing} member={found} onClose={() => setEditing(false)} />
        </>
      )}
    </Page>
  );
}

/** Nothing where a form would show nothing but locked fields. */
function EditButton({ member, onEdit }: { member: Member; onEdit: () => void }) {
  const { t } = useTranslation();
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  if (!isEditable(member, properties, useProvisioningState())) return null;
  return (
    <ActButton act="PATCH /api/members/{id}" onClick={onEdit}>
      {t('member.edit')}
    </ActButton>
  );
}

function Fields({ member, statusIsOwned }: { member: Member; statusIsOwned: boolean }) {
  const { t } = useTranslation();
  const state = useProvisioningState();
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const isAllLocked = member.status !== 'removed' && !isEditable(member, properties, state);
  const isGone = useIsGone(member);
  const mark = isGone ? 'filled' : 'managed';
  const isLockedHere = (field: string) => (isLocked(member, field, state) ? mark : null);
  const values = member.properties as Record<string, FieldValue>;
  return (
    <Section title={t('member.fields')} intro={isAllLocked ? inWords(allLockedWords(isGone), t) : undefined}>
      <dl className="facts">
        <dt>{t('field.status')}</dt>
        <dd>
          <MemberBadge status={member.status} />{' '}
          {member.suspension !== null && <StateBadge tone="red">{t('suspend.badge')}</StateBadge>}{' '}
          <Text span size="sm" c="dimmed">
            {t(`member.source.${member.source}`)}
          </Text>
          <StatusNotes member={member} statusIsOwned={statusIsOwned} />
        </dd>
        <Fact name={t('member.access')}>
          <AccessText member={member} />
        </Fact>
        {member.role !== null && (
          <Fact name={t('field.role')}>
            <RoleText member={member} />
          </Fact>
        )}
        {memberTextFields.map((field) => (
          <Fact key={field} name={t(`field.${field}`)} locked={isLockedHere(field)}>
            <Value field={field} value={member[field]} />
          </Fact>
        ))}
        <Fact name={t('field.managerId')} locked={isLockedHere('managerId')}>
          {member.managerId ? (
            <Anchor component={Link} to={`/members/${member.managerId}`} size="sm">
              <PersonName id={member.managerId} />
            </Anchor>
          ) : (
            '–'
          )}
        </Fact>
        {properties.map(({ key, name }) => (
          <Fact key={key} name={name} locked={isLockedHere(propertyField(key))}>
            <Value field={propertyField(key)} value={values[key]} />
          </Fact>
        ))}
        <Fact name={t('member.reports')}>
          <Anchor component={Link} to={`/members?manager=${member.id}`} size="sm">
            {t('member.showReports')}
          </Anchor>
        </Fact>
        <Fact name={t('member.updated')}>
          <Moment at={member.updatedAt} />
        </Fact>
      </dl>
    </Section>
  );
}

/** The role, and the groups because of which they have it. */
function RoleText({ member: { role, roleBecause } }: { member: Member }) {
  const { t } = useTranslation();
  if (role === null) return null;
  const groups = roleBecause.map(({ name }) => name).join(', ');
  return (
    <>
      <RoleName role={role} />
      {groups !== '' && `, ${t('roles.because', { groups, count: roleBecause.length })}`}
    </>
  );
}

/** Who decides about the status, and whether a deactivation waits. */
function StatusNotes({ member, statusIsOwned }: { member: Member; statusIsOwned: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {statusIsOwned && member.suspension === null && member.status === 'active' && (
        <Text size="sm" c="dimmed">
          {t('member.statusOwned')}
        </Text>
      )}
      {member.heldSince && (
        <Text size="sm">
          {t('held.since')} <Moment at={member.heldSince} />
        </Text>
      )}
    </>
  );
}

/** Whether they may use the product; who is suspended is told since when and why. */
function AccessText({ member: { access, suspendedSince, suspension } }: { member: Member }) {
  const { t } = useTranslation();
  if (suspendedSince === null)
    return t(access === 'granted' ? 'member.access.granted' : 'member.access.ended');
  if (suspension !== null) {
    return (
      <>
        {t('member.access.locked')} <Moment at={suspendedSince} />{' '}
        {t('member.access.byAdmin', { by: suspension.by })}
      </>
    );
  }
  return (
    <>
      {t('member.access.suspended')} <Moment at={suspendedSince} />, {t('member.access.because')}
    </>
  );
}

interface FactProps {
  name: string;
  /** Who has the field, where it is not the admin's. */
  locked?: 'managed' | 'filled' | null;
  children: ReactNode;
}

function Fact({ name, locked, children }: FactProps) {
  const { t } = useTranslation();
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {children}{' '}
        {locked && (
          <Tooltip label={t(`member.${locked}`)}>
            <IconLock
              size={14}
              role="img"
              aria-label={t(`member.${locked}`)}
              style={{ verticalAlign: '-2px' }}
            />
          </Tooltip>
        )}
      </dd>
    </>
  );
}
