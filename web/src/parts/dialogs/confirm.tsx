import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from '../../i18n.ts';
import { DialogButtons } from './dialog-buttons.tsx';
import { ErrorNote } from '../page/states.tsx';

export interface ConfirmProps {
  opened: boolean;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  /** Red, for what takes something away. */
  danger?: boolean;
  /** What must be typed first, for what cannot be undone. */
  typed?: string;
  pending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something important is done. The focus returns to where it was. */
export function Confirm(props: ConfirmProps) {
  const { opened, title, children, confirmLabel, danger, typed, pending, error, onConfirm, onClose } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const close = () => {
    setText('');
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        <Stack>
          <Text size="sm" component="div">
            {children}
          </Text>
          {typed !== undefined && (
            <TextInput
              label={t('confirm.type', { text: typed })}
              value={text}
              autoComplete="off"
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          <ErrorNote error={error} />
          <DialogButtons onCancel={close}>
            <Button
              type="submit"
              color={danger ? 'red.8' : undefined}
              loading={pending}
              disabled={typed !== undefined && text.trim() !== typed}
            >
              {confirmLabel}
            </Button>
          </DialogButtons>
        </Stack>
      </form>
    </Modal>
  );
}
