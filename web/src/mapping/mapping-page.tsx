import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { mappingQuery } from '../api/queries/mapping.ts';
import { queryClient } from '../api/query-client.ts';
import type { Mapping } from '../api/shapes.ts';
import { useTranslation } from '../i18n.ts';
import { publicPath } from '../page-facts.ts';
import { useRefusal } from '../parts/acts/role.tsx';
import { useDownload } from '../parts/files/download.ts';
import { useUnsaved } from '../parts/forms/unsaved.tsx';
import { Page, Section } from '../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../parts/page/states.tsx';
import { useToast } from '../parts/page/toast.tsx';
import { HistoryDialog } from './history/mapping-history.tsx';
import { MappingImportDialog } from './history/mapping-import.tsx';
import { MappingPreview } from './preview/mapping-preview.tsx';
import { LeftProperties } from './suggestions/left-properties.tsx';
import { namesOf } from './suggestions/made-properties.ts';
import { MappingSuggestions } from './suggestions/mapping-suggestions.tsx';
import { useMadeProperties } from './suggestions/use-made-properties.ts';
import { RuleDialog } from './rules/rule-dialog.tsx';
import { type RuleDrafts, useRuleDrafts } from './rules/rule-drafts.ts';
import { RuleList } from './rules/rule-list.tsx';
import { SaveBar } from './save-bar.tsx';

/** Which attribute fills which field, in order: the first rule of a target that gives a value wins. */
export function MappingPage() {
  const { t } = useTranslation();
  const mapping = useQuery(mappingQuery);
  if (mapping.data === undefined) {
    return (
      <Page title={t('mapping.title')} intro={t('mapping.intro')}>
        <ErrorNote error={mapping.error} retry={() => void mapping.refetch()} />
        {!mapping.error && <ListSkeleton />}
      </Page>
    );
  }
  return <CurrentEditor mapping={mapping.data} />;
}

/** The editor of the newest version. Another one begins when a newer version comes, unless there are unsaved changes. */
function CurrentEditor({ mapping }: { mapping: Mapping }) {
  const [shown, setShown] = useState(mapping);
  const [isChanged, setChanged] = useState(false);
  if (shown !== mapping && (!isChanged || shown.version === mapping.version)) setShown(mapping);
  return (
    <Editor
      key={shown.version}
      mapping={shown}
      onChanged={setChanged}
      onReload={() => {
        setChanged(false);
        void queryClient.invalidateQueries({ queryKey: ['mapping'] });
      }}
    />
  );
}

interface EditorProps {
  mapping: Mapping;
  /** Hears whether there are unsaved changes. */
  onChanged: (isChanged: boolean) => void;
  /** Gives the changes up for the newest version. */
  onReload: () => void;
}

function Editor({ mapping, onChanged, onReload }: EditorProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const draft = useRuleDrafts(mapping.rules);
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  const [dialog, setDialog] = useState<'history' | 'import' | null>(null);
  const made = useMadeProperties(mapping.rules, draft.rules);
  useUnsavedRules(draft.changed, made, onChanged);
  const edited = draft.drafts.find(({ id }) => id === editing);
  return (
    <Page
      title={t('mapping.title')}
      intro={t('mapping.intro')}
      actions={<PageActions onOpen={setDialog} onAdd={() => setEditing('new')} />}
    >
      <SaveBar
        rules={draft.rules}
        shown={mapping}
        changed={draft.changed}
        onSaved={() => onChanged(false)}
        onReload={onReload}
        onDiscard={() => draft.reset()}
      />
      <LeftProperties made={made} />
      <MappingSuggestions rules={draft.rules} onAdd={draft.add} onMade={made.add} />
      <Rules version={mapping.version} draft={draft} onEdit={setEditing} />
      <MappingPreview rules={draft.rules} />
      <RuleDialog
        opened={editing !== null}
        rule={edited?.rule ?? null}
        others={draft.drafts.filter(({ id }) => id !== editing).map(({ rule }) => rule)}
        onClose={() => setEditing(null)}
        onSave={(rule) => {
          if (edited) draft.replace(edited.id, rule);
          else draft.add(rule);
          setEditing(null);
        }}
      />
      <HistoryDialog
        opened={dialog === 'history'}
        current={mapping.version}
        hasUnsaved={draft.changed}
        onRestored={() => onChanged(false)}
        onClose={() => setDialog(null)}
        onTry={(rules, tried) => {
          draft.reset(rules);
          toast(t('history.tried', { version: tried }));
        }}
      />
      <MappingImportDialog
        opened={dialog === 'import'}
        hasUnsaved={draft.changed}
        onImported={() => onChanged(false)}
        onClose={() => setDialog(null)}
      />
    </Page>
  );
}

/** Asks before changed rules are left, with the properties that were made for them. */
function useUnsavedRules(
  isChanged: boolean,
  made: ReturnType<typeof useMadeProperties>,
  onChanged: EditorProps['onChanged'],
) {
  const { t } = useTranslation();
  const count = made.waiting.length;
  useUnsaved(isChanged, {
    note: count === 0 ? undefined : t('suggestions.orphan', { count, names: namesOf(made.waiting) }),
    onDiscard: () => made.remove.mutate(made.waiting),
  });
  useEffect(() => {
    onChanged(isChanged);
    return () => onChanged(false);
  }, [isChanged, onChanged]);
}

interface PageActionsProps {
  onOpen: (dialog: 'history' | 'import') => void;
  onAdd: () => void;
}

function PageActions({ onOpen, onAdd }: PageActionsProps) {
  const { t } = useTranslation();
  const noImport = useRefusal('POST /api/attribute-mapping/import');
  const download = useDownload();
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconHistory size={16} aria-hidden />}
        onClick={() => onOpen('history')}
      >
        {t('history.title')}
      </Button>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('mapping.moreActions')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            {...download(`${publicPath}/api/attribute-mapping/export`, 'attribute-mapping.json')}
          >
            {t('mapping.export')}
          </Menu.Item>
          <Menu.Item disabled={noImport !== undefined} title={noImport} onClick={() => onOpen('import')}>
            {t('mapping.import')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button onClick={onAdd}>{t('mapping.add')}</Button>
    </>
  );
}

interface RulesProps {
  version: number;
  draft: RuleDrafts;
  onEdit: (id: number) => void;
}

function Rules({ version, draft, onEdit }: RulesProps) {
  const { t } = useTranslation();
  const toast = useToast();
  return (
    <Section
      flush
      title={t('mapping.rules')}
      intro={
        version === 0
          ? t('mapping.builtInVersion')
          : `${t('mapping.version', { version })} · ${t('mapping.order')}`
      }
    >
      {draft.drafts.length === 0 ? (
        <EmptyState title={t('mapping.noRules')} text={t('mapping.noRulesText')} error={null} />
      ) : (
        <RuleList
          drafts={draft.drafts}
          onMove={draft.move}
          onEdit={onEdit}
          onRemove={(id) => {
            draft.remove(id);
            toast(t('mapping.removed'));
          }}
        />
      )}
    </Section>
  );
}
