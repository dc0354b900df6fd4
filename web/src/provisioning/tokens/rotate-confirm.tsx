import { NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../i18n.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';

const overlapsHours = [0, 1, 24, 72] as const;

interface RotateConfirmProps {
  opened: boolean;
  words: { title: string; text: string; overlap: string; confirm: string };
  pending: boolean;
  error: unknown;
  onClose: () => void;
  onConfirm: (overlapHours: number) => void;
}

/** Asks how long the old secret keeps working beside the new one. */
export function RotateConfirm({ words, onConfirm, ...rest }: RotateConfirmProps) {
  const { t } = useTranslation();
  const [hours, setHours] = useState('24');
  return (
    <Confirm
      {...rest}
      title={words.title}
      confirmLabel={words.confirm}
      onConfirm={() => onConfirm(Number(hours))}
    >
      <Stack gap="sm">
        <p style={{ margin: 0 }}>{words.text}</p>
        <NativeSelect
          label={words.overlap}
          value={hours}
          onChange={(event) => setHours(event.currentTarget.value)}
          data={overlapsHours.map((each) => ({
            value: String(each),
            label: each === 0 ? t('token.overlapNone') : t('token.hours', { count: each }),
          }))}
        />
      </Stack>
    </Confirm>
  );
}
