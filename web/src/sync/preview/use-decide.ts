import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useTranslation } from '../../i18n.ts';
import { useToast } from '../../parts/page/toast.tsx';
import { usePreviewActs } from './preview-acts-context.ts';
import type { Decision } from './preview-words.ts';

/** Decides about one person of the directory by one request, and tells of it. */
export function useDecide({ directoryUserId, name }: { directoryUserId: string; name: string }) {
  const { t } = useTranslation();
  const toast = useToast();
  const page = usePreviewActs();
  return useMutation({
    mutationFn: (decision: Decision) => {
      const request = { params: { path: { directoryUserId } } };
      return answer<unknown>(() => {
        switch (decision) {
          case 'exclude':
            return api.POST('/api/sync-preview/{directoryUserId}/exclude', request);
          case 'include':
            return api.POST('/api/sync-preview/{directoryUserId}/include', request);
          case 'separate':
            return api.POST('/api/sync-preview/{directoryUserId}/separate', request);
          case 'retry':
            return api.POST('/api/sync-preview/{directoryUserId}/retry', request);
          case 'lift':
            return api.POST('/api/sync-preview/{directoryUserId}/lift', request);
        }
      });
    },
    onSuccess: async (_, decision) => {
      await queryClient.invalidateQueries();
      toast(t(`decision.${decision}.done`, { name }));
      if (document.activeElement === document.body) page?.focusList();
    },
  });
}
