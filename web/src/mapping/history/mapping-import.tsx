import { Alert, List } from '@mantine/core';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { components } from '../../api/schema.d.ts';
import { useTranslation } from '../../i18n.ts';
import { FaultList } from '../../parts/dialogs/fault-list.tsx';
import { ImportDialog, ImportForm } from '../../parts/dialogs/import-dialog.tsx';
import { useFileImport } from '../../parts/files/file-import.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';

type Configuration = components['schemas']['ConfigurationDto'];
type Imported = components['schemas']['ImportedConfigurationResponse'];
const faultsShownMax = 50;

interface MappingImportProps {
  /** Whether the editor has changes that an import would replace. */
  hasUnsaved: boolean;
  /** Called when a file has been imported, before the editor begins with its rules. */
  onImported: () => void;
  onClose: () => void;
}

/** Imports properties and rules from a JSON file: all of them or none. */
export function MappingImportDialog({ opened, ...props }: { opened: boolean } & MappingImportProps) {
  const { t } = useTranslation();
  return (
    <ImportDialog opened={opened} onClose={props.onClose} title={t('mapping.import')}>
      <MappingImport {...props} />
    </ImportDialog>
  );
}

/** The file is no JSON object. */
class UnreadableFile extends Error {}

async function send(file: File, dryRun: boolean): Promise<Imported> {
  const configuration = await readConfiguration(file);
  return answer(() => api.POST('/api/attribute-mapping/import', { body: { ...configuration, dryRun } }));
}

async function readConfiguration(file: File): Promise<Configuration> {
  try {
    const parsed: unknown = JSON.parse(await file.text());
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Configuration;
  } catch {
    // Said below.
  }
  throw new UnreadableFile();
}

function MappingImport({ hasUnsaved, onImported, onClose }: MappingImportProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const [file, setFile] = useState<File | null>(null);
  const { found, error, faults, isPending, tryOut, load } = useFileImport(send, async () => {
    onImported();
    await queryClient.invalidateQueries({ queryKey: ['properties'] });
    await queryClient.invalidateQueries({ queryKey: ['mapping'] });
    toast(t('mapping.imported'));
    onClose();
  });
  return (
    <ImportForm
      text={hasUnsaved ? `${t('mapping.importText')} ${t('history.unsaved')}` : t('mapping.importText')}
      fileLabel={t('mapping.importFile')}
      accept=".json,application/json"
      file={file}
      onChoose={(chosen) => {
        setFile(chosen);
        tryOut(chosen);
      }}
      action={t('mapping.importAction')}
      disabled={!found || isNothing(found)}
      isPending={isPending}
      onImport={load}
      onCancel={onClose}
    >
      {error instanceof UnreadableFile ? (
        <Alert color="red" variant="light" role="alert" title={t('mapping.importUnreadable')}>
          {t('mapping.importUnreadableText')}
        </Alert>
      ) : faults.length > 0 ? (
        <FaultList faults={faults} shownMax={faultsShownMax} />
      ) : (
        <ErrorNote error={error} />
      )}
      {found && <Consequences result={found} />}
    </ImportForm>
  );
}

function isNothing({ propertiesCreated, propertiesChanged, rulesChanged }: Imported): boolean {
  return propertiesCreated.length === 0 && propertiesChanged.length === 0 && !rulesChanged;
}

function Consequences({ result }: { result: Imported }) {
  const { t } = useTranslation();
  if (isNothing(result)) return <Alert variant="light">{t('mapping.importNothing')}</Alert>;
  return (
    <Alert variant="light" title={t('mapping.importWould')} role="status">
      <List size="sm">
        {result.propertiesCreated.length > 0 && (
          <List.Item>{t('mapping.importCreates', { names: result.propertiesCreated.join(', ') })}</List.Item>
        )}
        {result.propertiesChanged.length > 0 && (
          <List.Item>{t('mapping.importChanges', { names: result.propertiesChanged.join(', ') })}</List.Item>
        )}
        <List.Item>{t(result.rulesChanged ? 'mapping.importRules' : 'mapping.importSameRules')}</List.Item>
      </List>
    </Alert>
  );
}
