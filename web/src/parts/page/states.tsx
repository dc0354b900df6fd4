import { Alert, Button, Group, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInbox, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n.ts';
import { useErrorWords } from '../text/error-text.ts';
import { useAnnouncement } from './announcer.tsx';

const skeletonRows = 6;

/** The place of a list that is still loading. @param slow what is said where that takes a while */
export function ListSkeleton({ slow }: { slow?: string }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" p="md" role="status" aria-label={t('loading')}>
      {slow !== undefined && (
        <Text size="sm" c="dimmed" className="slow-note">
          {slow}
        </Text>
      )}
      {Array.from({ length: skeletonRows }, (_, row) => (
        <Skeleton key={row} height={36} radius="md" />
      ))}
    </Stack>
  );
}

/** What went wrong and what to do; without what the fields `saidBeside` say themselves. */
export function ErrorNote({
  error,
  saidBeside,
  retry,
}: {
  error: unknown;
  saidBeside?: readonly string[];
  retry?: () => void;
}) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords(saidBeside);
  if (error === null || error === undefined) return null;
  const { text, faults } = wordsOf(error);
  return (
    <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle />} title={t('error.title')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{text}</Text>
        {faults.length > 0 && (
          <List size="sm">
            {faults.map((fault) => (
              <List.Item key={fault}>{fault}</List.Item>
            ))}
          </List>
        )}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t('error.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

interface EmptyStateProps {
  title: string;
  text: string;
  action?: ReactNode;
  icon?: ReactNode;
  /** Why the list could not be read, which a note says: then nobody knows whether it is empty. Null where nothing is read. */
  error: unknown;
}

/** What an empty list is for and how it fills. */
export function EmptyState({ error, ...said }: EmptyStateProps) {
  return error === null ? <Empty {...said} /> : null;
}

function Empty({
  title,
  text,
  action,
  icon = <IconInbox size={22} stroke={1.7} aria-hidden />,
}: Omit<EmptyStateProps, 'error'>) {
  useAnnouncement(title);
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <span className="empty-icon">{icon}</span>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" size="sm" maw="34rem">
        {text}
      </Text>
      {action && <Group mt="sm">{action}</Group>}
    </Stack>
  );
}

/**
 * Only what is wrong interrupts a screen reader; what has changed is said when it pauses, mere information when it is
 * reached.
 */
const tones = {
  info: { color: 'accent', icon: <IconInfoCircle />, role: 'note' },
  good: { color: 'green', icon: <IconCircleCheck />, role: 'status' },
  warning: { color: 'yellow', icon: <IconAlertTriangle />, role: 'status' },
  bad: { color: 'red', icon: <IconAlertTriangle />, role: 'alert' },
};

/** Something the admin should know, with what can be done about it. */
export function Notice({
  tone,
  title,
  children,
  actions,
  more,
}: {
  tone: keyof typeof tones;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** What an action shows: it stands under the actions, so that they stay in their place. */
  more?: ReactNode;
}) {
  const { color, icon, role } = tones[tone];
  const isTitleAlone = !children && !actions && !more;
  return (
    <Alert variant="light" color={color} icon={icon} role={role} title={title} className="notice">
      {!isTitleAlone && (
        <Stack gap="sm" align="flex-start">
          {children && <div>{children}</div>}
          {actions && <Group gap="sm">{actions}</Group>}
          {more}
        </Stack>
      )}
    </Alert>
  );
}
