import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n.ts';
import { useUnsavedInside } from '../forms/unsaved.tsx';

interface DialogProps {
  opened: boolean;
  title: string;
  size?: 'lg' | 'xl';
  /** Whether it stands in the middle of the window; else at its top, for dialogs that grow. */
  centered?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A window over the page. It keeps the focus inside and gives it back when it closes. Before it closes over unsaved work, by
 * anything but the form's own button, it asks.
 */
export function Dialog({ children, centered = true, onClose, ...rest }: DialogProps) {
  const { t } = useTranslation();
  const { hasEscape, close, provide, question } = useUnsavedInside(rest.opened, onClose);
  return (
    <>
      <Modal
        {...rest}
        onClose={close}
        closeOnEscape={hasEscape}
        centered={centered}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {provide(children)}
      </Modal>
      {question}
    </>
  );
}
