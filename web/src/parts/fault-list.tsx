import { Alert, List } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fault } from '../api/api-error.ts';
import { faultText } from './error-text.ts';

/** What is wrong with an imported file, each fault with its place; at most `shownMax` of them are listed. */
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
            <code>{fault.path}</code> {faultText(fault, t)}
          </List.Item>
        ))}
      </List>
      {children}
    </Alert>
  );
}
