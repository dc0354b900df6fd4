import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { loadedItems } from '../../api/paging.ts';
import { mappingQuery, mappingVersionsQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { MappingVersion, Rule } from '../../api/shapes.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { useFieldName } from '../../parts/text/field-changes.tsx';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { Ago } from '../../parts/text/time-text.tsx';
import { useToast } from '../../parts/page/toast.tsx';

interface HistoryDialogProps {
  opened: boolean;
  current: number;
  onClose: () => void;
  /** Takes the rules of a version into the editor, to be looked at before they are saved. */
  onTry: (rules: Rule[], version: number) => void;
}

/** The versions of the mapping: who saved what and when, each to be tried or restored. */
export function HistoryDialog({ opened, current, onClose, onTry }: HistoryDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('history.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <Versions current={current} onClose={onClose} onTry={onTry} />}
    </Modal>
  );
}

function Versions({ current, onClose, onTry }: Omit<HistoryDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const versions = useInfiniteQuery(mappingVersionsQuery);
  const items = loadedItems(versions);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('history.text')}
      </Text>
      <ErrorNote error={versions.error} retry={() => void versions.refetch()} />
      {versions.isPending && <ListSkeleton />}
      <ol className="plain-list" reversed>
        {items.map((version) => (
          <VersionRow
            key={version.version}
            version={version}
            isCurrent={version.version === current}
            onClose={onClose}
            onTry={onTry}
          />
        ))}
      </ol>
      {versions.hasNextPage && (
        <Group justify="center">
          <Button
            variant="default"
            size="xs"
            loading={versions.isFetchingNextPage}
            onClick={() => void versions.fetchNextPage()}
          >
            {t('history.more')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface VersionRowProps {
  version: MappingVersion;
  isCurrent: boolean;
  onClose: () => void;
  onTry: HistoryDialogProps['onTry'];
}

function VersionRow({
  version: { version, savedBy, savedAt, restoredFrom, rules, difference },
  isCurrent,
  onClose,
  onTry,
}: VersionRowProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const request = { params: { path: { version } } };
  const attempt = useMutation({
    mutationFn: () => answer(() => api.GET('/api/attribute-mapping/versions/{version}', request)),
    onSuccess: (mapping) => {
      onTry(mapping.rules, version);
      onClose();
    },
  });
  const restore = useMutation({
    mutationFn: () => answer(() => api.POST('/api/attribute-mapping/versions/{version}/restore', request)),
    onSuccess: async (mapping) => {
      queryClient.setQueryData(mappingQuery.queryKey, mapping);
      toast(t('history.restored', { version }));
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['mapping'] });
    },
  });
  const [sure, setSure] = useState(false);
  return (
    <li className="version">
      <div>
        <Group gap={6}>
          <strong>{version === 0 ? t('history.builtIn') : t('mapping.version', { version })}</strong>
          {isCurrent && <StateBadge tone="green">{t('history.current')}</StateBadge>}
          {restoredFrom !== null && (
            <StateBadge tone="gray">{t('history.restoredFrom', { version: restoredFrom })}</StateBadge>
          )}
        </Group>
        <Text size="xs" c="dimmed" component="div">
          {savedBy !== null && `${savedBy} · `}
          {savedAt !== null && (
            <>
              <Ago at={savedAt} /> ·{' '}
            </>
          )}
          {t('history.rules', { count: rules })}
        </Text>
        {version !== 0 && <Difference difference={difference} />}
        <ErrorNote error={restore.error ?? attempt.error} />
        {sure && <Text size="sm">{t('history.sure')}</Text>}
      </div>
      {!isCurrent && (
        <Group gap={6}>
          {sure ? (
            <>
              <Button size="xs" loading={restore.isPending} onClick={() => restore.mutate()}>
                {t('history.restore')}
              </Button>
              <Button size="xs" variant="default" onClick={() => setSure(false)}>
                {t('cancel')}
              </Button>
            </>
          ) : (
            <>
              <Button
                size="xs"
                variant="default"
                loading={attempt.isPending}
                aria-label={t('history.tryLabel', { version })}
                onClick={() => attempt.mutate()}
              >
                {t('history.try')}
              </Button>
              <Button
                size="xs"
                variant="default"
                aria-label={t('history.restoreLabel', { version })}
                onClick={() => setSure(true)}
              >
                {t('history.restore')}
              </Button>
            </>
          )}
        </Group>
      )}
    </li>
  );
}

function Difference({ difference }: { difference: MappingVersion['difference'] }) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const parts = (['added', 'changed', 'removed'] as const).filter((kind) => difference[kind].length > 0);
  if (parts.length === 0) {
    return (
      <Text size="sm" mt={4}>
        {t('history.orderOnly')}
      </Text>
    );
  }
  return (
    <Text size="sm" mt={4} component="div">
      {parts.map((kind) => (
        <div key={kind}>
          {t(`history.${kind}`)} {difference[kind].map(nameOf).join(', ')}
        </div>
      ))}
    </Text>
  );
}
