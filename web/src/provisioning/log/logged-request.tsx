import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { attributeHeading } from '../../parts/text/attribute-name.ts';
import { Link } from '../../parts/page/link.tsx';
import { loggedRequestQuery } from '../../api/queries/log.ts';
import type { LogEntry, LoggedChange, LoggedRequest as LoggedRequestData } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { CopyButton } from '../../parts/dialogs/copy-field.tsx';
import { BeforeAfter, ChangesTable } from '../../parts/text/field-changes.tsx';
import { ReadingNotes } from '../../parts/text/reading-notes.tsx';
import { formatUtc } from '../../parts/text/format.ts';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { logPath, useLogAddress } from './log-address.ts';
import { tokenLabel } from '../tokens/token-label.ts';
import { timelineChanges } from './directory-change.ts';

/** One request whole: its facts, what was sent, what was answered and what it changed. */
export function LoggedRequest({ entry }: { entry: LogEntry }) {
  const request = useQuery(loggedRequestQuery(entry.id));
  return (
    <Stack gap="md" style={{ padding: '0.25rem 1rem 1rem' }}>
      <Facts entry={entry} />
      <ReadingNotes notes={entry.notes} />
      <OnlyThis entry={entry} />
      <OnlyToken entry={entry} />
      <ErrorNote error={request.error} retry={() => void request.refetch()} />
      {request.isPending ? <ListSkeleton /> : request.data && <Bodies request={request.data} />}
    </Stack>
  );
}

function Facts({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation();
  const facts: [string, string | null | undefined][] = [
    [t('log.at'), formatUtc(entry.at)],
    [t('log.request'), `${entry.method} ${entry.path}`],
    [t('log.answer'), `${entry.status} · ${entry.durationMs} ms`],
    [t('log.error'), [entry.scimType, entry.detail].filter(Boolean).join(': ') || null],
    [t('log.resource'), entry.resourceId],
    [t('log.token'), entry.token && tokenLabel(entry.token, t)],
    [t('log.client'), entry.userAgent],
    [t('log.requestId'), entry.requestId],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** Leads to the requests about the same person or group, unless they are all that is shown. */
function OnlyThis({ entry: { resourceId, resourceType, meaning } }: { entry: LogEntry }) {
  const { t } = useTranslation();
  const { narrowed } = useLogAddress();
  if (!resourceId || !resourceType || narrowed.resource === resourceId || narrowed.member) return null;
  const name = meaning.name ?? t(`log.this.${resourceType}`);
  return (
    <Anchor component={Link} to={logPath({ resource: resourceId })} size="sm">
      {t('log.onlyAbout', { name })}
    </Anchor>
  );
}

/** Leads to the requests that came with the same API token, unless they are all that is shown. */
function OnlyToken({ entry: { token } }: { entry: LogEntry }) {
  const { t } = useTranslation();
  const { narrowed } = useLogAddress();
  if (!token || narrowed.token === token.id) return null;
  return (
    <Anchor component={Link} to={logPath({ token: token.id })} size="sm">
      {t('log.onlyToken', { name: tokenLabel(token, t) })}
    </Anchor>
  );
}

function Bodies({ request: { request, answer, changes, meaning } }: { request: LoggedRequestData }) {
  const { t } = useTranslation();
  const isNote = /•••|…/.test(JSON.stringify([request, answer]));
  return (
    <>
      <Body label={t('log.requestBody')} body={request} />
      <Body label={t('log.answerBody')} body={answer} />
      {isNote && (
        <Text size="xs" c="dimmed">
          {t('log.bodyNote')}
        </Text>
      )}
      {changes.length > 0 && <Changes changes={changes} />}
      {meaning.code === 'unchanged' && <Text size="sm">{t('log.noChange')}</Text>}
    </>
  );
}

/** JSON, printed for reading; it scrolls by keyboard too. */
function Body({ label, body }: { label: string; body: unknown }) {
  if (body === null || body === undefined) return null;
  const text = JSON.stringify(body, null, 2);
  return (
    <Stack gap={4}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <CopyButton label={label} value={text} />
      </Group>
      <pre className="logged-body" role="region" aria-label={label} tabIndex={0}>
        {text}
      </pre>
    </Stack>
  );
}

function Changes({ changes }: { changes: readonly LoggedChange[] }) {
  const { t } = useTranslation();
  const isNew = changes.every(({ added, before }) => added === undefined && isEmpty(before));
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t('log.became')}
      </Text>
      <ChangesTable isNew={isNew}>
        {changes.map((change, at) => (
          <Row key={`${change.path}-${at}`} change={change} isNew={isNew} />
        ))}
      </ChangesTable>
    </Stack>
  );
}

function Row({ change, isNew }: { change: LoggedChange; isNew: boolean }) {
  const { t } = useTranslation();
  const [shown] = timelineChanges([change]);
  return (
    <tr>
      <th scope="row">{attributeHeading(shown?.field ?? change.path, t)}</th>
      {change.added !== undefined && <Members change={change} />}
      {change.added === undefined && shown !== undefined && <BeforeAfter change={shown} isNew={isNew} />}
    </tr>
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function Members({
  change: { added = [], addedCount = 0, removed = [], removedCount = 0 },
}: {
  change: LoggedChange;
}) {
  const { t } = useTranslation();
  const namesOf = (names: readonly string[], count: number) => {
    const shown = names.join(', ');
    return count > names.length ? t('log.andOthers', { names: shown, count: count - names.length }) : shown;
  };
  return (
    <>
      <td>{removedCount > 0 && t('log.left', { names: namesOf(removed, removedCount) })}</td>
      <td>{addedCount > 0 && t('log.joined', { names: namesOf(added, addedCount) })}</td>
    </>
  );
}
