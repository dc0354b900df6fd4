import { Anchor, Collapse, Group, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '../../parts/page/link.tsx';
import { explanationQuery } from '../../api/queries/preview.ts';
import type { DirectoryState, DirectoryUser } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ColumnLabel } from '../../parts/lists/column-label.tsx';
import { useRowOpen } from '../../parts/lists/row-open.ts';
import { StateBadge, type Tone } from '../../parts/page/badges.tsx';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { FieldChanges } from '../../parts/text/field-changes.tsx';
import { kindText } from '../../parts/text/kind-words.ts';
import { Moment } from '../../parts/text/time-text.tsx';
import { logPath } from '../../provisioning/log/log-address.ts';
import { ChangeActions } from '../../sync/preview/change-actions.tsx';

const tones: Record<DirectoryState, Tone> = {
  available: 'blue',
  linked: 'green',
  left: 'gray',
  conflict: 'red',
  held: 'amber',
  suppressed: 'gray',
  excluded: 'gray',
  inactive: 'gray',
  unlinked: 'amber',
};

/** The names of the columns. */
export function DirectoryHead() {
  const { t } = useTranslation();
  return (
    <div className="row-cells row-head directory" aria-hidden>
      <span>{t('changes.person')}</span>
      <span>{t('directory.state')}</span>
      <span>{t('directory.why')}</span>
    </div>
  );
}

/** Somebody with state and reason; pressed, the reasoning opens, and what can be done. */
export function DirectoryRow({ person }: { person: DirectoryUser }) {
  const { t } = useTranslation();
  const [open, toggle] = useRowOpen();
  const { name, userName, email, state, reason } = person;
  const known = [...new Set([email, userName])].filter((text) => text !== null && text !== name);
  return (
    <>
      <button type="button" className="row-cells directory" aria-expanded={open} onClick={toggle}>
        <span className="cell member-names">
          <strong>{name}</strong>
          <span className="for-screen-readers">, </span>
          <span>{known.join(' · ')}</span>
        </span>
        <span>
          <ColumnLabel>{t('directory.state')}</ColumnLabel>
          <StateBadge tone={tones[state]}>
            {t(state === 'held' ? kindText(person) : `directory.state.${state}`)}
          </StateBadge>
        </span>
        <span className="cell directory-why">
          <ColumnLabel>{t('directory.why')}</ColumnLabel>
          {reason.text}
        </span>
        <IconChevronDown
          size={16}
          aria-hidden
          className="wide-only"
          style={{ transform: open ? 'rotate(180deg)' : 'none' }}
        />
      </button>
      <Collapse expanded={open}>{open && <Reasoning person={person} />}</Collapse>
    </>
  );
}

/** What came, what would be done and how the service came to it, and the ways to the person's page and requests. */
function Reasoning({ person }: { person: DirectoryUser }) {
  const { t } = useTranslation();
  const { directoryUserId, externalId, userName, memberId, reason, receivedAt, changedAt } = person;
  const explained = useQuery(explanationQuery(directoryUserId));
  const change = explained.data;
  return (
    <div className="directory-details">
      <Text size="sm">
        <strong>{t('changes.why')}</strong> {reason.text}
      </Text>
      <dl className="facts">
        <dt>{t('directory.userName')}</dt>
        <dd>{userName}</dd>
        <dt>{t('directory.externalId')}</dt>
        <dd>{externalId ?? '–'}</dd>
        <dt>{t('directory.received')}</dt>
        <dd>
          <Moment at={receivedAt} />
        </dd>
        <dt>{t('directory.changed')}</dt>
        <dd>
          <Moment at={changedAt} />
        </dd>
      </dl>
      <ErrorNote error={explained.error} retry={() => void explained.refetch()} />
      {explained.isPending && <ListSkeleton />}
      {change !== undefined && (
        <>
          {change.fields.length > 0 && (
            <FieldChanges changes={change.fields} isNew={change.kind === 'create'} />
          )}
          <ChangeActions change={change} />
        </>
      )}
      <Group gap="md">
        {memberId !== null && (
          <Anchor component={Link} to={`/members/${memberId}`} size="sm">
            {t('directory.openMember')}
          </Anchor>
        )}
        <Anchor component={Link} to={logPath({ resource: directoryUserId })} size="sm">
          {t('log.ofMember')}
        </Anchor>
      </Group>
    </div>
  );
}
