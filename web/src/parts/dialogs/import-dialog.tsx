import { Button, FileInput, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n.ts';
import { Dialog } from './dialog.tsx';
import { DialogButtons } from './dialog-buttons.tsx';

interface ImportDialogProps {
  opened: boolean;
  title: string;
  onClose: () => void;
  /** The form. It begins empty each time the dialog opens. */
  children: ReactNode;
}

/** A dialog that imports a file. */
export function ImportDialog({ opened, title, onClose, children }: ImportDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      {opened && children}
    </Dialog>
  );
}

interface ImportFormProps {
  text: string;
  /** What comes before the file is chosen, such as a template. */
  before?: ReactNode;
  fileLabel: string;
  /** File types, as `accept` takes them. */
  accept: string;
  file: File | null;
  onChoose: (file: File | null) => void;
  /** Choices, problems and what the trial found. */
  children: ReactNode;
  action: string;
  disabled: boolean;
  isPending: boolean;
  onImport: (file: File) => void;
  onCancel: () => void;
}

/** Chooses a file, shows what importing it would do, and imports it. */
export function ImportForm(props: ImportFormProps) {
  const { t } = useTranslation();
  const { file, onImport } = props;
  return (
    <Stack>
      <Text size="sm">{props.text}</Text>
      {props.before}
      <FileInput
        label={props.fileLabel}
        placeholder={t('import.choose')}
        accept={props.accept}
        value={file}
        onChange={props.onChoose}
      />
      {props.children}
      <DialogButtons onCancel={props.onCancel}>
        <Button
          disabled={props.disabled || file === null}
          loading={props.isPending}
          onClick={() => file && onImport(file)}
        >
          {props.action}
        </Button>
      </DialogButtons>
    </Stack>
  );
}
