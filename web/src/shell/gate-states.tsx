import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { SignedInAs } from '../api/api-error.ts';
import { isStillMine } from '../api/client.ts';
import { useTranslation } from '../i18n.ts';
import { isEmbedded, productName } from '../page-facts.ts';
import { useTitle } from '../parts/page/route-focus.ts';
import { GateCard } from './gate-card.tsx';

const checkAgainMs = 5_000;

interface AskWhoseProps {
  current: SignedInAs;
  next: SignedInAs;
  onStay: () => void;
  onSwitch: () => void;
}

/** A link must not sign somebody out who does not want it, nor show them the workspace of another company unnoticed. */
export function AskWhose({ current, next, onStay, onSwitch }: AskWhoseProps) {
  const { t } = useTranslation();
  return (
    <GateCard title={t('session.otherTitle')} maw="32rem">
      <Text>{t('session.otherCurrent', { ...current })}</Text>
      <Text>{t('session.otherNext', { ...next })}</Text>
      <Group gap="sm">
        <Button variant="default" onClick={onStay}>
          {t('session.otherStay')}
        </Button>
        <Button onClick={onSwitch}>{t('session.otherSwitch', { email: next.email })}</Button>
      </Group>
    </GateCard>
  );
}

/** The product around this page has signed nobody in, or not in time. */
export function NotSignedIn() {
  const { t } = useTranslation();
  const title = t('session.notSignedIn');
  useTitle(title);
  return (
    <GateCard title={title} gap="sm">
      <Text c="dimmed">{t('session.notSignedInText', { product: productName })}</Text>
      <Group>
        <Button onClick={() => window.location.reload()}>{t('error.retry')}</Button>
      </Group>
    </GateCard>
  );
}

/**
 * Nothing that was typed is lost: the page waits below until a new link is opened in another tab, or, in a frame, until the
 * product around it has signed the same admin in again.
 */
export function SessionEnded({ opened, onResumed }: { opened: boolean; onResumed: () => void }) {
  const { t } = useTranslation();
  const [checking, setChecking] = useState(false);
  /** Whether somebody asked to go on, and could not. */
  const [refused, setRefused] = useState(false);
  const check = useCallback(async () => {
    setChecking(true);
    const isBack = await isStillMine();
    if (isBack) onResumed();
    setChecking(false);
    return isBack;
  }, [onResumed]);
  const goOn = async () => {
    setRefused(false);
    setRefused(!(await check()));
  };
  useEffect(() => {
    // Somebody who went away is signed in again when they say that they are back.
    if (!opened || isEmbedded) return undefined;
    const timer = window.setInterval(() => void check(), checkAgainMs);
    const onFocus = () => void check();
    window.addEventListener('focus', onFocus);
    return () => {
      window.clearInterval(timer);
      window.removeEventListener('focus', onFocus);
    };
  }, [opened, check]);
  return (
    <Modal
      opened={opened}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('session.ended')}
      centered
    >
      <Stack align="flex-start">
        <Text size="sm">{t(isEmbedded ? 'session.endedHere' : 'session.endedText')}</Text>
        {refused && (
          <Text size="sm" role="alert">
            {t(isEmbedded ? 'session.notAgainHere' : 'session.notAgain', { product: productName })}
          </Text>
        )}
        <Button loading={checking} onClick={() => void goOn()}>
          {t(isEmbedded ? 'session.goOn' : 'session.checkAgain')}
        </Button>
      </Stack>
    </Modal>
  );
}
