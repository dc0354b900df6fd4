import { Alert, List } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fault } from '../../api/api-error.ts';
import { faultText, placedFault } from '../text/error-text.ts';
import { placeInFile } from '../text/place-name.ts';

/**
 * What is wrong with an imported file, each fault with its place: the line in words, a path of JSON as it is. At most `shownMax` of them are listed.
 */
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
