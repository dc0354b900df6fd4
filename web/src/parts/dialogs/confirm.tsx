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
  /** The way out, where it is called otherwise than Cancel. */
  cancelLabel?: string;
  /** Red, for what takes something away. */
  danger?: boolean;
  /** What must be typed first, for what cannot be undone. */
  typed?: string;
  /** Whether it cannot be done: what would happen is not known yet, or is nothing. */
  blocked?: boolean;
  pending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/**
 * Asks before something important is done. The focus begins at what is to be typed; at the way out, where something is taken
 * away; else at the button that does it. It returns to where it was.
 */
export function Confirm(props: ConfirmProps) {
  const { opened, title, children, confirmLabel, cancelLabel, danger, typed, blocked } = props;
  const { pending, error, onConfirm, onClose } = props;
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
              data-autofocus
              label={t('confirm.type', { text: typed })}
              value={text}
              autoComplete="off"
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          <ErrorNote error={error} />
          <DialogButtons
            onCancel={close}
            cancelLabel={cancelLabel}
            cancelFirst={danger && typed === undefined}
          >
            <Button
              type="submit"
              data-autofocus={(!danger && typed === undefined) || undefined}
              color={danger ? 'red.8' : undefined}
              loading={pending}
              disabled={blocked === true || (typed !== undefined && text.trim() !== typed)}
            >
              {confirmLabel}
            </Button>
          </DialogButtons>
        </Stack>
      </form>
    </Modal>
  );
}
