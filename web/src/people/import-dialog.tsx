import { Alert, Button, FileInput, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { answer, api } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { ErrorNote } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';

const faultsShownMax = 50;

/** Adds the members of a CSV file, all or none; each fault is named with its line. */
export function ImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [file, setFile] = useState<File | null>(null);
  const load = useMutation({
    mutationFn: async (chosen: File) => {
      const csv = await chosen.text();
      return answer(() => api.POST('/api/members/import', { body: { csv } }));
    },
    onSuccess: async ({ created }) => {
      await queryClient.invalidateQueries({ queryKey: ['members'] });
      toast(t('import.done', { count: created }));
      close();
    },
  });
  const close = () => {
    setFile(null);
    load.reset();
    onClose();
  };
  const faults = load.error instanceof ApiError ? (load.error.problem.errors ?? []) : [];
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('members.import')}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <Text size="sm">{t('import.text')}</Text>
        <code>email,firstName,lastName,displayName,jobTitle,language,managerEmail</code>
        <FileInput
          label={t('import.file')}
          placeholder={t('import.choose')}
          accept=".csv,text/csv"
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            load.reset();
          }}
        />
        {faults.length > 0 ? (
          <Alert
            color="red"
            variant="light"
            role="alert"
            title={t('import.faults', { count: faults.length })}
          >
            <List size="sm">
              {faults.slice(0, faultsShownMax).map(({ path, message }) => (
                <List.Item key={`${path}${message}`}>
                  <code>{path}</code> {message}
                </List.Item>
              ))}
            </List>
          </Alert>
        ) : (
          <ErrorNote error={load.error} />
        )}
        <Group justify="flex-end">
          <Button disabled={file === null} loading={load.isPending} onClick={() => file && load.mutate(file)}>
            {t('members.import')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
