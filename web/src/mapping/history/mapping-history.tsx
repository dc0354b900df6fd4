import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { loadedItems } from '../../api/paging.ts';
import { mappingQuery, mappingVersionsQuery } from '../../api/queries/mapping.ts';
import { queryClient } from '../../api/query-client.ts';
import type { MappingVersion, Rule } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
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
  /** Whether the editor has changes that trying or restoring a version would replace. */
  hasUnsaved: boolean;
  /** Called when a version has been restored, before the editor begins with it. */
  onRestored: () => void;
}

/** The versions of the mapping: who saved what and when, each to be tried or restored. */
export function HistoryDialog({ opened, ...props }: HistoryDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={props.onClose} title={t('history.title')} size="lg" centered={false}>
      {opened && <Versions {...props} />}
    </Dialog>
  );
}

function Versions({ current, hasUnsaved, ...actions }: Omit<HistoryDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const versions = useInfiniteQuery(mappingVersionsQuery);
  const items = loadedItems(versions);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('history.text')}
      </Text>
      {hasUnsaved && <Text size="sm">{t('history.unsaved')}</Text>}
      <ErrorNote error={versions.error} retry={() => void versions.refetch()} />
      {versions.isPending && <ListSkeleton />}
      <ol className="plain-list" reversed>
        {items.map((version) => (
          <VersionRow
            key={version.version}
            version={version}
            isCurrent={version.version === current}
            {...actions}
          />
        ))}
        {/* The first version came after them, and they can be gone back to. */}
        {versions.data !== undefined && !versions.hasNextPage && (
          <VersionRow version={builtIn} isCurrent={current === builtIn.version} {...actions} />
        )}
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

/** What is said of a version; of the built-in rules only what they are. */
type ShownVersion = Omit<MappingVersion, 'rules'> & { rules: number | null };

const builtIn: ShownVersion = {
  version: 0,
  savedBy: null,
  savedAt: null,
  restoredFrom: null,
  rules: null,
  difference: { added: [], changed: [], removed: [] },
};

interface VersionRowProps extends Pick<HistoryDialogProps, 'onClose' | 'onTry' | 'onRestored'> {
  version: ShownVersion;
  isCurrent: boolean;
}

function VersionRow({ version: shown, isCurrent, onClose, onTry, onRestored }: VersionRowProps) {
  const { t } = useTranslation();
  const { version } = shown;
  const attempt = useMutation({
    mutationFn: () => answer(() => api.GET('/api/attribute-mapping/versions/{version}', requestOf(version))),
    onSuccess: (mapping) => {
      onTry(mapping.rules, version);
      onClose();
    },
  });
  const restore = useRestore(version, onRestored, onClose);
  const [sure, setSure] = useState(false);
  return (
    <li className="version">
      <div>
        <VersionFacts version={shown} isCurrent={isCurrent} />
        <ErrorNote error={restore.error ?? attempt.error} />
        {sure && <Text size="sm">{t('history.sure')}</Text>}
      </div>
      {!isCurrent && (
        <Group gap={6}>
          {sure ? (
            <SureButtons
              restoring={restore.isPending}
              onRestore={() => restore.mutate()}
              onCancel={() => setSure(false)}
            />
          ) : (
            <VersionButtons
              version={version}
              trying={attempt.isPending}
              onTry={() => attempt.mutate()}
              onRestore={() => setSure(true)}
            />
          )}
        </Group>
      )}
    </li>
  );
}

const requestOf = (version: number) => ({ params: { path: { version } } });

function useRestore(version: number, onRestored: () => void, onClose: () => void) {
  const { t } = useTranslation();
  const toast = useToast();
  return useMutation({
    mutationFn: () =>
      answer(() => api.POST('/api/attribute-mapping/versions/{version}/restore', requestOf(version))),
    onSuccess: async (mapping) => {
      onRestored();
      queryClient.setQueryData(mappingQuery.queryKey, mapping);
      toast(t('history.restored', { version }));
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['mapping'] });
    },
  });
}

function VersionFacts({
  version: { version, savedBy, savedAt, restoredFrom, rules, difference },
  isCurrent,
}: Pick<VersionRowProps, 'version' | 'isCurrent'>) {
  const { t } = useTranslation();
  return (
    <>
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
        {rules !== null && t('history.rules', { count: rules })}
      </Text>
      {version !== 0 && <Difference difference={difference} />}
    </>
  );
}

interface SureButtonsProps {
  restoring: boolean;
  onRestore: () => void;
  onCancel: () => void;
}

function SureButtons({ restoring, onRestore, onCancel }: SureButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button size="xs" loading={restoring} onClick={onRestore}>
        {t('history.restore')}
      </Button>
      <Button size="xs" variant="default" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </>
  );
}

interface VersionButtonsProps {
  version: number;
  trying: boolean;
  onTry: () => void;
  onRestore: () => void;
}

function VersionButtons({ version, trying, onTry, onRestore }: VersionButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={trying}
        aria-label={t('history.tryLabel', { version })}
        onClick={onTry}
      >
        {t('history.try')}
      </Button>
      <ActButton
        act="POST /api/attribute-mapping/versions/{version}/restore"
        size="xs"
        variant="default"
        aria-label={t('history.restoreLabel', { version })}
        onClick={onRestore}
      >
        {t('history.restore')}
      </ActButton>
    </>
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
