import { Text } from '@mantine/core';
import type { TimelineEntry } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { formatClock, formatDay, formatSecond } from '../../parts/text/format.ts';
import { endOfAccess, type Receipt } from './receipt.ts';

/** What the product did: “3 sessions ended · 1 token revoked”. */
export function ReceiptTitle({ receipt: { sessionsEnded, tokensRevoked } }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const parts = [
    sessionsEnded !== null && t('timeline.receipt.sessions', { count: sessionsEnded }),
    tokensRevoked !== null && t('timeline.receipt.tokens', { count: tokensRevoked }),
  ].filter((part) => part !== false);
  return <>{parts.length === 0 ? t('timeline.receipt') : parts.join(' · ')}</>;
}

interface ReceiptStepsProps {
  receipt: Receipt;
  /** When the product did it. */
  at: string;
  entries: readonly TimelineEntry[];
}

/** How a person lost access, step by step, to the second; nothing for a receipt about anything else. */
export function ReceiptSteps({ receipt, at, entries }: ReceiptStepsProps) {
  const { t } = useTranslation();
  const end = endOfAccess(receipt, entries);
  if (end === null) return null;
  const { asked, ended } = end;
  const isOneDay = formatDay(asked ?? ended) === formatDay(at);
  const format = isOneDay ? formatClock : formatSecond;
  const wasSuspended = receipt.event.type === 'member.suspended';
  const steps = [
    asked !== null && t('timeline.receipt.asked', { time: format(asked) }),
    t(wasSuspended ? 'timeline.receipt.suspended' : 'timeline.receipt.ended', { time: format(ended) }),
    t('timeline.receipt.done', { time: format(at) }),
  ].filter((step) => step !== false);
  return (
    <Text size="sm" mt={4}>
      {steps.join(' → ')}
    </Text>
  );
}
