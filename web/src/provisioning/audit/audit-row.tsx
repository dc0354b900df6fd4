import { Anchor, Collapse, Group } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { overviewQuery } from '../../api/queries/overview.ts';
import { Link } from '../../parts/page/link.tsx';
import type { AuditEntry } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ColumnLabel } from '../../parts/lists/column-label.tsx';
import { useRowOpen } from '../../parts/lists/row-open.ts';
import { formatSecond, formatUtc } from '../../parts/text/format.ts';
import { auditDetails } from './audit-details.ts';
import { actorName, auditSentence } from './audit-words.ts';

/** The names of the columns. */
export function AuditHead() {
  const { t } = useTranslation();
  return (
    <div className="row-cells row-head audit" aria-hidden>
      <span>{t('log.at')}</span>
      <span>{t('audit.who')}</span>
      <span>{t('audit.what')}</span>
    </div>
  );
}

/** One action, which opens to its details. */
export function AuditRow({ entry, onActor }: { entry: AuditEntry; onActor: (actor: string) => void }) {
  const { t } = useTranslation();
  const [open, toggle] = useRowOpen();
  const { actor, at } = entry;
  const who = actorName(entry, t);
  const place = useReachable(placeOf(entry));
  return (
    <>
      <button type="button" className="row-cells audit" aria-expanded={open} onClick={toggle}>
        <time className="cell one-line audit-at" dateTime={at} title={formatUtc(at)}>
          {formatSecond(at)}
        </time>
        <span className="cell one-line audit-who">
          <ColumnLabel>{t('audit.who')}</ColumnLabel>
          {who}
        </span>
        <span className="cell audit-what">
          <ColumnLabel>{t('audit.what')}</ColumnLabel>
          {auditSentence(entry, t)}
        </span>
        <IconChevronDown className="log-open" size={16} aria-hidden />
      </button>
      <Collapse expanded={open}>
        {open && (
          <div className="audit-details">
            <dl className="facts">
              <dt>{t('audit.action')}</dt>
              <dd>
                <code>{entry.action}</code>
              </dd>
              {place === null && entry.target !== null && (
                <Detail name={t('audit.target')} value={entry.target} />
              )}
              {auditDetails(entry, t).map(({ name, value }) => (
                <Detail key={name} name={name} value={value} />
              ))}
            </dl>
            <Group gap="md">
              {place !== null && (
                <Anchor component={Link} to={place} size="sm">
                  {t('audit.open')}
                </Anchor>
              )}
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() => onActor(actor.email ?? actor.keyId ?? actor.kind)}
              >
                {t('audit.onlyActor', { name: who })}
              </Anchor>
            </Group>
          </div>
        )}
      </Collapse>
    </>
  );
}

function Detail({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** A page that can be opened: those of user provisioning only while it is active. */
function useReachable(place: string | null): string | null {
  const isActive = useQuery(overviewQuery).data?.state === 'active';
  return isActive || place?.startsWith('/user-provisioning/') !== true ? place : null;
}

/** Where the thing that it was done to is shown. */
function placeOf({ action, target }: AuditEntry): string | null {
  const [subject] = action.split('.');
  switch (subject) {
    case 'member':
      return target === null ? null : `/members/${target}`;
    case 'sync-run':
    case 'removals':
      return target === null ? null : `/user-provisioning/runs/${target}`;
    case 'person':
    case 'conflict':
    case 'suppression':
      return target === null ? null : `/user-provisioning/directory?search=${target}`;
    case 'token':
    case 'oauth-client':
      return '/user-provisioning/tokens';
    case 'notification-channel':
    case 'notifications':
      return '/user-provisioning/notifications';
    case 'property':
      return '/properties';
    case 'attribute-mapping':
      return '/user-provisioning/attribute-mapping';
    case 'settings':
    case 'automatic-sync':
      return '/user-provisioning/settings';
    default:
      return null;
  }
}
