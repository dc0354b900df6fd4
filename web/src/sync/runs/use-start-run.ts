import { useMutation } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error.ts';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useTranslation } from '../../i18n.ts';
import { useToast } from '../../parts/page/toast.tsx';
import type { namedIn } from '../chosen/people-choice.ts';

/** Whether a run was refused because the preview that the admin saw is not so any more. */
export function isPreviewNewer(error: unknown): boolean {
  return error instanceof ApiError && error.type === 'preview-changed';
}

/**
 * Starts a run of these people, or of everybody: of the preview with a version; without one, of whatever there is to do
 * now. Where another run is under way, as another admin's, that one is shown, and it is said that none was started.
 */
export function useStartRun(named: Partial<ReturnType<typeof namedIn>>, onStarted: (runId: string) => void) {
  const { t } = useTranslation();
  const tell = useToast();
  const { mutate, reset, isPending, error } = useMutation({
    mutationFn: (previewVersion: string | undefined) =>
      answer(() => api.POST('/api/sync-runs', { body: { ...named, previewVersion } })),
    onSuccess: ({ id }) => {
      void queryClient.invalidateQueries();
      onStarted(id);
    },
    onError: (error) => {
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
      void queryClient.invalidateQueries({ queryKey: ['preview'] });
      const runId = otherRunIn(error);
      if (runId === null) return;
      tell(t('synchronize.anotherRun'));
      onStarted(runId);
    },
  });
  // Who asks again later does not find it refused.
  return { mutate, reset, isPending, error: otherRunIn(error) === null ? error : null };
}

/** The run that is under way instead of the one that was asked for. */
function otherRunIn(error: unknown): string | null {
  return error instanceof ApiError ? (error.problem.runId ?? null) : null;
}
