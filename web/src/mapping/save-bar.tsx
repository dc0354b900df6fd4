import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { answer, api, asShown } from '../api/client.ts';
import { mappingQuery } from '../api/queries/mapping.ts';
import { queryClient } from '../api/query-client.ts';
import type { Mapping, Rule } from '../api/shapes.ts';
import { useTranslation } from '../i18n.ts';
import { ActButton } from '../parts/acts/act-button.tsx';
import { ErrorNote, Notice } from '../parts/page/states.tsx';
import { useToast } from '../parts/page/toast.tsx';
import { toRuleDtos } from './rules/rule-text.ts';

interface SaveBarProps {
  rules: readonly Rule[];
  /** The mapping as the editor began with it. */
  shown: Mapping;
  changed: boolean;
  onSaved: () => void;
  /** Gives the changes up and loads what somebody else saved. */
  onReload: () => void;
  onDiscard: () => void;
}

/** Saves the rules as they are in the editor, unless somebody else saved first. */
function useSaveRules(rules: readonly Rule[], shown: Mapping, onSaved: () => void) {
  const { t } = useTranslation();
  const toast = useToast();
  return useMutation({
    mutationFn: () =>
      answer(() =>
        api.PUT('/api/attribute-mapping', {
          params: { header: asShown(shown) },
          body: { rules: toRuleDtos(rules) },
        }),
      ),
    onSuccess: (next) => {
      onSaved();
      queryClient.setQueryData(mappingQuery.queryKey, next);
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
      void queryClient.invalidateQueries({ queryKey: ['mapping', 'suggestions'] });
      void queryClient.invalidateQueries({ queryKey: ['mapping', 'versions'] });
      toast(t('mapping.saved'));
    },
  });
}

/** Says that there are unsaved changes and saves them, unless somebody else saved first. */
export function SaveBar({ rules, shown, changed, onSaved, onReload, onDiscard }: SaveBarProps) {
  const { t } = useTranslation();
  const save = useSaveRules(rules, shown, onSaved);
  const stale = save.error instanceof ApiError && save.error.status === 412;
  if (!changed) return null;
  return (
    <div className="save-bar">
      {stale ? (
        <Notice
          tone="warning"
          title={t('mapping.staleTitle')}
          actions={
            <Button size="xs" variant="default" onClick={onReload}>
              {t('mapping.reload')}
            </Button>
          }
        >
          {t('mapping.staleText')}
        </Notice>
      ) : (
        <Notice
          tone="info"
          title={t('mapping.unsaved')}
          actions={
            <>
              <ActButton
                act="PUT /api/attribute-mapping"
                size="xs"
                loading={save.isPending}
                onClick={() => save.mutate()}
              >
                {t('save')}
              </ActButton>
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  save.reset();
                  onDiscard();
                }}
              >
                {t('discard')}
              </Button>
            </>
          }
        >
          <span className="wide-only">{t('mapping.unsavedText')}</span>
          <ErrorNote error={save.error} />
        </Notice>
      )}
    </div>
  );
}
