import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from '../i18n.ts';

/**
 * Says that what is shown may be old, while the browser has no connection or the service does not answer.
 *
 * @param noAnswer the last thing that the page asked for by itself was not answered
 */
export function UnreachableBar({ noAnswer }: { noAnswer: boolean }) {
  const { t } = useTranslation();
  const isOnline = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  );
  return (
    <div role="status" className="unreachable">
      {(!isOnline || noAnswer) && <p>{t('unreachable')}</p>}
    </div>
  );
}
