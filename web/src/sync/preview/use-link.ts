import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Change } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { useToast } from '../../parts/page/toast.tsx';

/** Says that a person of the directory is the member with the given id. */
export function useLink({ directoryUserId, name }: Change, onLinked?: () => void) {
  const { t } = useTranslation();
  const toast = useToast();
  return useMutation({
    mutationFn: (memberId: string) =>
      answer(() =>
        api.POST('/api/sync-preview/{directoryUserId}/link', {
          params: { path: { directoryUserId } },
          body: { memberId },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      toast(t('decision.link.done', { name }));
      onLinked?.();
    },
  });
}
