import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n.ts';

interface DialogButtonsProps {
  onCancel: () => void;
  /** The way out, where it is called otherwise. */
  cancelLabel?: string;
  /** Whether the way out has the focus first: where the other button takes something away. */
  cancelFirst?: boolean;
  children: ReactNode;
}

/** The end of a dialog: a way out, and the button that does it. */
export function DialogButtons({ onCancel, cancelLabel, cancelFirst = false, children }: DialogButtonsProps) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" className="dialog-buttons">
      <Button variant="default" data-autofocus={cancelFirst || undefined} onClick={onCancel}>
        {cancelLabel ?? t('cancel')}
      </Button>
      {children}
    </Group>
  );
}
