import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { useTranslation } from '../../i18n.ts';
import { NotLoadedError, reloadForNewFiles } from './not-loaded.ts';

/**
 * Keeps what goes wrong inside: the rest of the page stays, and in its place stands what happened and what helps.
 *
 * @param resetBy when one of these changes, another try is made
 */
export function Boundary({ children, resetBy = [] }: { children: ReactNode; resetBy?: unknown[] }) {
  return (
    <ErrorBoundary FallbackComponent={Broken} resetKeys={resetBy}>
      {children}
    </ErrorBoundary>
  );
}

function Broken({ error, resetErrorBoundary }: FallbackProps) {
  return error instanceof NotLoadedError ? <NotLoaded /> : <Failed retry={() => resetErrorBoundary()} />;
}

/** A part of the program did not come: there is a newer one, or no connection. Both are over after a reload. */
function NotLoaded() {
  const { t } = useTranslation();
  useEffect(() => {
    reloadForNewFiles();
    window.addEventListener('online', reload);
    return () => window.removeEventListener('online', reload);
  }, []);
  return (
    <BrokenNote title={t('broken.notLoaded')} text={t('broken.notLoadedText')}>
      <Button size="xs" variant="default" onClick={reload}>
        {t('broken.reload')}
      </Button>
    </BrokenNote>
  );
}

function Failed({ retry }: { retry: () => void }) {
  const { t } = useTranslation();
  return (
    <BrokenNote title={t('broken.failed')} text={t('broken.failedText')}>
      <Button size="xs" variant="default" onClick={retry}>
        {t('error.retry')}
      </Button>
    </BrokenNote>
  );
}

function BrokenNote({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle />} title={title}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{text}</Text>
        {children}
      </Stack>
    </Alert>
  );
}

function reload(): void {
  window.location.reload();
}
