import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n.ts';
import type { Act } from '../acts/needed-role.ts';
import { ActButton } from '../acts/act-button.tsx';
import type { Selection } from '../lists/use-selection.ts';
import { type BulkAction, takesAccess } from './bulk.ts';

interface BulkBarProps {
  /** What every one of the actions sends. */
  act: Act;
  selection: Selection;
  /** How many match on all pages; null while that is not known. */
  matching: number | null;
  /** Whether all who match are loaded, so that all of them can be ticked. */
  isWhole: boolean;
  actions: readonly BulkAction[];
  /** Why nothing can be done with them, where there are no actions. */
  none?: string;
  onAct: (action: BulkAction) => void;
  /** What else can be done with those who are chosen. */
  more?: ReactNode;
}

/** What can be done with those who are chosen; nothing while nobody is. */
export function BulkBar({ act, selection, matching, isWhole, actions, none, onAct, more }: BulkBarProps) {
  const { t } = useTranslation();
  const { isAll, chosen, chooseAll, clear } = selection;
  const count = isAll ? (matching ?? 0) : chosen.size;
  const mayChooseAll = !isAll && !isWhole && matching !== null && matching > chosen.size;
  return (
    <>
      <span className="for-screen-readers" role="status">
        {count > 0 && t('bulk.count', { count })}
      </span>
      {count > 0 && (
        <div className="bulk-bar" role="region" aria-label={t('bulk.region')}>
          <strong>{t('bulk.count', { count })}</strong>
          {mayChooseAll && (
            <Button size="xs" variant="subtle" onClick={chooseAll}>
              {t('bulk.all', { count: matching })}
            </Button>
          )}
          {actions.length === 0 && none !== undefined && <Text size="sm">{none}</Text>}
          {actions.map((action) => (
            <ActButton
              act={act}
              key={action}
              size="xs"
              variant={takesAccess.has(action) ? 'filled' : 'default'}
              color={takesAccess.has(action) ? 'red.8' : undefined}
              onClick={() => onAct(action)}
            >
              {t(`bulk.action.${action}`)}
            </ActButton>
          ))}
          {more}
          <Button size="xs" variant="subtle" onClick={clear}>
            {t('bulk.clear')}
          </Button>
        </div>
      )}
    </>
  );
}
