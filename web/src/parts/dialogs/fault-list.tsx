import { Alert, List } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Fault } from '../../api/api-error.ts';
import { useTranslation } from '../../i18n.ts';
import { faultText, placedFault } from '../text/error-text.ts';
import { placeInFile } from '../text/place-name.ts';

/** The faults of an imported file, each with its place: a line in words, a JSON path as it is. Lists at most `shownMax`. */
export function FaultList({
  faults,
  shownMax,
  children,
}: {
  faults: readonly Fault[];
  shownMax: number;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Alert color="red" variant="light" role="alert" title={t('import.faults', { count: faults.length })}>
      <List size="sm">
        {faults.slice(0, shownMax).map((fault) => (
          <List.Item key={`${fault.path}${fault.message}`}>
            {fault.path === '' || placeInFile(fault.path) ? (
              placedFault(fault, t)
            ) : (
              <>
                <code>{fault.path}</code> {faultText(fault, t)}
              </>
            )}
          </List.Item>
        ))}
      </List>
      {children}
    </Alert>
  );
}
