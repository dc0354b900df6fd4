import { Alert, Button, Group, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Fault } from '../../api/api-error.ts';
import { answer, api } from '../../api/client.ts';
import { propertiesQuery } from '../../api/queries/members.ts';
import { queryClient } from '../../api/query-client.ts';
import { type Translate, useTranslation } from '../../i18n.ts';
import { memberTextFields } from '../../locales/member-fields.ts';
import { faultText } from '../../parts/text/error-text.ts';
import { FaultList } from '../../parts/dialogs/fault-list.tsx';
import { ImportDialog, ImportForm } from '../../parts/dialogs/import-dialog.tsx';
import { placeInFile } from '../../parts/text/place-name.ts';
import { csvFile, csvText } from '../../parts/files/csv.ts';
import { useFileImport } from '../../parts/files/file-import.ts';
import { saveFile } from '../../parts/files/save-file.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';

const faultsShownMax = 20;
const columns = [...memberTextFields, 'managerEmail'];

/** Adds or changes the members of a CSV file: all of them or none. */
export function MemberImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ImportDialog opened={opened} onClose={onClose} title={t('members.import')}>
      <MemberImport onClose={onClose} />
    </ImportDialog>
  );
}

interface Attempt {
  file: File;
  updateExisting: boolean;
}

type Imported = Awaited<ReturnType<typeof send>>;

/** Sends the bytes unchanged: the service detects their encoding. */
function send({ file, updateExisting }: Attempt, dryRun: boolean) {
  return answer(() =>
    api.POST('/api/members/import', {
      params: { query: { dryRun, updateExisting } },
      headers: { 'Content-Type': 'text/csv' },
      body: file as unknown as string,
      bodySerializer: (body) => body,
    }),
  );
}

function MemberImport({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [file, setFile] = useState<File | null>(null);
  const [updateExisting, setUpdateExisting] = useState(false);
  const { found, error, faults, isPending, tryOut, load } = useFileImport(send, async (result) => {
    await queryClient.invalidateQueries({ queryKey: ['members'] });
    toast(
      t(result.updated > 0 ? 'import.applied' : 'import.done', { count: result.created + result.updated }),
    );
    onClose();
  });
  const choose = (chosen: File | null, updates: boolean) => {
    setFile(chosen);
    setUpdateExisting(updates);
    tryOut(chosen && { file: chosen, updateExisting: updates });
  };
  const { created = 0, updated = 0 } = found ?? {};
  const count = created + updated;
  return (
    <ImportForm
      text={t('import.text')}
      before={<TemplateButton />}
      fileLabel={t('import.file')}
      accept=".csv,text/csv"
      file={file}
      onChoose={(chosen) => choose(chosen, updateExisting)}
      action={
        count === 0 ? t('members.import') : t(updated > 0 ? 'import.apply' : 'import.action', { count })
      }
      disabled={count === 0}
      isPending={isPending}
      onImport={(chosen) => load({ file: chosen, updateExisting })}
      onCancel={onClose}
    >
      <Switch
        label={t('import.update')}
        description={t('import.updateText')}
        checked={updateExisting}
        onChange={(event) => choose(file, event.currentTarget.checked)}
      />
      {faults.length > 0 && file !== null ? (
        <Faults faults={faults} file={file} />
      ) : (
        <ErrorNote error={error} />
      )}
      {found && <Tried result={found} />}
    </ImportForm>
  );
}

/** Saves a file with the columns that can be imported, and nothing below them. */
function TemplateButton() {
  const { t, language } = useTranslation();
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const header = [...columns, ...properties.map(({ key }) => key)];
  return (
    <Group>
      <Button
        size="xs"
        variant="default"
        onClick={() => saveFile('members-template.csv', 'text/csv', csvFile([header], language))}
      >
        {t('import.template')}
      </Button>
    </Group>
  );
}

/** What a trial found: what an import would do, and how the file was read. */
function Tried({ result }: { result: Imported }) {
  const { t } = useTranslation();
  const { created, updated, unchanged, encoding, separator, ignoredColumns } = result;
  return (
    <Alert variant="light" color="green" role="status" title={t('import.ready', { count: created })}>
      {updated > 0 && <Text size="sm">{t('import.changed', { count: updated })}</Text>}
      {unchanged > 0 && <Text size="sm">{t('import.unchanged', { count: unchanged })}</Text>}
      <Text size="sm">{t('import.readyText')}</Text>
      <Text size="sm">
        {t('import.understood', {
          encoding: encodingNames[encoding],
          separator: t(`import.separator.${separator}`),
        })}
      </Text>
      {ignoredColumns.length > 0 && (
        <Text size="sm">{t('import.ignored', { columns: ignoredColumns.join(', ') })}</Text>
      )}
    </Alert>
  );
}

const encodingNames: Record<Imported['encoding'], string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

function Faults({ faults, file }: { faults: readonly Fault[]; file: File }) {
  const { t, language } = useTranslation();
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
          void faultRows(file, faults, t).then((rows) => saveFile(name, 'text/csv', csvFile(rows, language)));
        }}
      >
        {t('import.faultFile')}
      </Button>
    </FaultList>
  );
}

/** The faults as a table, each with its line of the file, to be corrected there and imported again. */
async function faultRows(file: File, faults: readonly Fault[], t: Translate): Promise<string[][]> {
  const lines = (await csvText(file)).split(/\r?\n/);
  const rows = faults.map((fault) => {
    const { line, column } = placeInFile(fault.path) ?? { line: 0, column: fault.path };
    return [line === 0 ? '' : String(line), column, faultText(fault, t), lines[line - 1] ?? ''];
  });
  const header = [t('import.line'), t('import.column'), t('import.fault'), t('import.lineText')];
  return [header, ...rows];
}
