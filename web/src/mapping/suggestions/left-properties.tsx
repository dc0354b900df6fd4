import { Button } from '@mantine/core';
import { useTranslation } from '../../i18n.ts';
import { ErrorNote, Notice } from '../../parts/page/states.tsx';
import { namesOf } from './made-properties.ts';
import type { useMadeProperties } from './use-made-properties.ts';

/** Asks what is to become of properties that were made for a suggestion whose rule is not there any more. */
export function LeftProperties({ made }: { made: ReturnType<typeof useMadeProperties> }) {
  const { t } = useTranslation();
  const { left, remove, keep } = made;
  if (left.length === 0) return null;
  return (
    <Notice
      tone="info"
      title={t('suggestions.leftTitle', { count: left.length, names: namesOf(left) })}
      actions={
        <>
          <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate(left)}>
            {t('suggestions.leftDelete')}
          </Button>
          <Button size="xs" variant="default" onClick={keep}>
            {t('suggestions.leftKeep')}
          </Button>
        </>
      }
    >
      {t('suggestions.leftText')}
      <ErrorNote error={remove.error} />
    </Notice>
  );
}
