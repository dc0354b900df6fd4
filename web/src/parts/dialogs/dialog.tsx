import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n.ts';

interface DialogProps {
  opened: boolean;
  title: string;
  size?: 'lg' | 'xl';
  /** Whether it stands in the middle of the window; else at its top, for dialogs that grow. */
  centered?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A window over the page. It keeps the focus inside and gives it back when it closes. */
export function Dialog({ children, centered = true, ...rest }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal {...rest} centered={centered} closeButtonProps={{ 'aria-label': t('close') }}>
      {children}
    </Modal>
  );
}
