import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { linkEffectQuery } from '../../api/queries/preview.ts';
import type { Change, LinkEffect } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { FieldChanges } from '../../parts/text/field-changes.tsx';
import type { Candidate } from './preview-words.ts';
import { useLink } from './use-link.ts';

interface LinkQuestionProps {
  change: Change;
  member: Candidate;
  /** Back to the others; null: there was no choice. */
  onBack: (() => void) | null;
  onClose: () => void;
}

/** Says what a link changes about the member, now and later, and makes it. */
export function LinkQuestion({ change, member, onBack, onClose }: LinkQuestionProps) {
  const { t } = useTranslation();
  const effect = useQuery(linkEffectQuery(change.directoryUserId, member.id));
  const link = useLink(change, onClose);
  return (
    <Stack>
      <Text size="sm">{t('link.text')}</Text>
      <ErrorNote error={link.error ?? effect.error} retry={() => void effect.refetch()} />
      {effect.isPending && <ListSkeleton />}
      {effect.data !== undefined && <Effect effect={effect.data} />}
      <DialogButtons onCancel={onBack ?? onClose} {...(onBack && { cancelLabel: t('link.back') })}>
        <Button
          disabled={effect.data === undefined}
          loading={link.isPending}
          onClick={() => link.mutate(member.id)}
        >
          {t('link.action')}
        </Button>
      </DialogButtons>
    </Stack>
  );
}

function Effect({ effect: { kind, reason, fields, later, laterReason } }: { effect: LinkEffect }) {
  const { t } = useTranslation();
  if (kind !== 'link') return <Text size="sm">{reason.text}</Text>;
  const address = later.find(({ field }) => field === 'email');
  return (
    <>
      {fields.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {t('link.next')}
          </Text>
          <FieldChanges changes={fields} isNew={false} />
        </div>
      )}
      {later.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {t('link.later')}
          </Text>
          <FieldChanges changes={later} isNew={false} />
          {address !== undefined && (
            <Text size="sm" mt={6}>
              {t('link.address', { before: address.before, after: address.after })}
            </Text>
          )}
        </div>
      )}
      {laterReason !== null && (
        <Text size="sm">
          {t('link.laterConflict')} {laterReason.text}
        </Text>
      )}
      {fields.length + later.length === 0 && laterReason === null && (
        <Text size="sm">{t('link.changesNothing')}</Text>
      )}
    </>
  );
}
