import { Alert, Button, FileInput, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsOf } from '../../api/api-error.ts';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { components } from '../../api/schema.d.ts';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { FaultList } from '../../parts/dialogs/fault-list.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';

type Configuration = components['schemas']['ConfigurationDto'];
type Imported = components['schemas']['ImportedConfigurationResponse'];
const faultsShownMax = 50;

/** Properties and rules from a JSON file: first what it would do, then, when confirmed, all of it or nothing. */
export function MappingImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('mapping.import')}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <Form onClose={onClose} />}
    </Modal>
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

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [file, setFile] = useState<File | null>(null);
  const attempt = useMutation({ mutationFn: (chosen: File) => send(chosen, true) });
  const load = useMutation({
    mutationFn: (chosen: File) => send(chosen, false),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['properties'] });
      await queryClient.invalidateQueries({ queryKey: ['mapping'] });
      toast(t('mapping.imported'));
      onClose();
    },
  });
  const error = load.error ?? attempt.error;
  const faults = faultsOf(error);
  return (
    <Stack>
      <Text size="sm">{t('mapping.importText')}</Text>
      <FileInput
        label={t('mapping.importFile')}
        placeholder={t('import.choose')}
        accept=".json,application/json"
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          load.reset();
          attempt.reset();
          if (chosen) attempt.mutate(chosen);
        }}
      />
      {error instanceof UnreadableFile ? (
        <Alert color="red" variant="light" role="alert" title={t('mapping.importUnreadable')}>
          {t('mapping.importUnreadableText')}
        </Alert>
      ) : faults.length > 0 ? (
        <FaultList faults={faults} shownMax={faultsShownMax} />
      ) : (
        <ErrorNote error={error} />
      )}
      {attempt.data && <Consequences result={attempt.data} />}
      <DialogButtons onCancel={onClose}>
        <Button
          disabled={!attempt.data || file === null || isNothing(attempt.data)}
          loading={attempt.isPending || load.isPending}
          onClick={() => file && load.mutate(file)}
        >
          {t('mapping.importAction')}
        </Button>
      </DialogButtons>
    </Stack>
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
