import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from '../../i18n.ts';

interface ShownOnceProps {
  opened: boolean;
  title: string;
  children: ReactNode;
}

/** A window with what is never shown again: nothing but its own button closes it. */
export function ShownOnce(props: ShownOnceProps) {
  return (
    <Modal
      {...props}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
      centered
    />
  );
}

/** The end of such a window: the admin says that they have stored it. */
export function StoredIt({ onStored }: { onStored: () => void }) {
  const { t } = useTranslation();
  const [stored, setStored] = useState(false);
  return (
    <>
      <Checkbox
        label={t('secret.stored')}
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button disabled={!stored} onClick={onStored}>
          {t('secret.done')}
        </Button>
      </Group>
    </>
  );
}
