import { Alert, Button, FileInput, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Fault, faultsOf } from '../api/api-error.ts';
import { answer, api } from '../api/client.ts';
import { propertiesQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { DialogButtons } from '../parts/dialog-buttons.tsx';
import { faultText } from '../parts/error-text.ts';
import { FaultList } from '../parts/fault-list.tsx';
import { placeInFile } from '../parts/place-name.ts';
import { csvFile } from '../parts/csv.ts';
import { saveFile } from '../parts/save-file.ts';
import { ErrorNote } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';

const faultsShownMax = 20;
const columns = ['email', 'firstName', 'lastName', 'displayName', 'jobTitle', 'language', 'managerEmail'];

/** Adds the members of a CSV file: first it is tried, and only a file without faults can be imported, whole. */
export function ImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('members.import')}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <Form onClose={onClose} />}
    </Modal>
  );
}

async function send(file: File, dryRun: boolean): Promise<{ created: number }> {
  const csv = await file.text();
  return answer(() => api.POST('/api/members/import', { body: { csv, dryRun } }));
}

function Form({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const header = [...columns, ...properties.map(({ key }) => key)];
  const [file, setFile] = useState<File | null>(null);
  const attempt = useMutation({ mutationFn: (chosen: File) => send(chosen, true) });
  const load = useMutation({
    mutationFn: (chosen: File) => send(chosen, false),
    onSuccess: async ({ created }) => {
      await queryClient.invalidateQueries({ queryKey: ['members'] });
      toast(t('import.done', { count: created }));
      onClose();
    },
  });
  const error = load.error ?? attempt.error;
  const faults = faultsOf(error);
  const wouldCreate = attempt.data?.created ?? 0;
  return (
    <Stack>
      <Text size="sm">{t('import.text')}</Text>
      <Group>
        <Button
          size="xs"
          variant="default"
          onClick={() => saveFile('members-template.csv', 'text/csv', csvFile([header], i18n.language))}
        >
          {t('import.template')}
        </Button>
      </Group>
      <FileInput
        label={t('import.file')}
        placeholder={t('import.choose')}
        accept=".csv,text/csv"
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          load.reset();
          attempt.reset();
          if (chosen) attempt.mutate(chosen);
        }}
      />
      {faults.length > 0 && file !== null ? (
        <Faults faults={faults} file={file} />
      ) : (
        <ErrorNote error={error} />
      )}
      {attempt.data && (
        <Alert variant="light" color="green" role="status" title={t('import.ready', { count: wouldCreate })}>
          <Text size="sm">{t('import.readyText')}</Text>
        </Alert>
      )}
      <DialogButtons onCancel={onClose}>
        <Button
          disabled={wouldCreate === 0}
          loading={attempt.isPending || load.isPending}
          onClick={() => file && load.mutate(file)}
        >
          {wouldCreate > 0 ? t('import.action', { count: wouldCreate }) : t('members.import')}
        </Button>
      </DialogButtons>
    </Stack>
  );
}

function Faults({ faults, file }: { faults: readonly Fault[]; file: File }) {
  const { t, i18n } = useTranslation();
  const name = `${file.name.replace(/\.csv$/i, '')}-errors.csv`;
  return (
    <FaultList faults={faults} shownMax={faultsShownMax}>
      {faults.length > faultsShownMax && (
        <Text size="sm">{t('import.moreFaults', { count: faults.length - faultsShownMax })}</Text>
      )}
      <Button
        mt="sm"
        size="xs"
        variant="default"
        onClick={() => {
          void faultRows(file, faults, t).then((rows) =>
            saveFile(name, 'text/csv', csvFile(rows, i18n.language)),
          );
        }}
      >
        {t('import.faultFile')}
      </Button>
    </FaultList>
  );
}

/** The faults as a table, each with the line as it stands in the file: to be mended there and imported again. */
async function faultRows(file: File, faults: readonly Fault[], t: TFunction<'page'>): Promise<string[][]> {
  const lines = (await file.text()).split(/\r?\n/);
  const rows = faults.map((fault) => {
    const { line, column } = placeInFile(fault.path) ?? { line: 0, column: fault.path };
    return [line === 0 ? '' : String(line), column, faultText(fault, t), lines[line - 1] ?? ''];
  });
  const header = [t('import.line'), t('import.column'), t('import.fault'), t('import.lineText')];
  return [header, ...rows];
}
