import { onlineManager, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { ApiError } from '../api/api-error.ts';
import { overviewQuery } from '../api/queries/overview.ts';
import { useTranslation } from '../i18n.ts';

/** Says that what is shown may be old, while the browser has no connection or the service does not answer. */
export function UnreachableBar() {
  const { t } = useTranslation();
  const { error, data } = useQuery(overviewQuery);
  const isOnline = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  );
  const noAnswer = data !== undefined && error instanceof ApiError && error.status === 0;
  return (
    <div role="status" className="unreachable">
      {(!isOnline || noAnswer) && <p>{t('unreachable')}</p>}
    </div>
  );
}
