import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n.ts';
import { useToast } from '../page/toast.tsx';

const copiedForMs = 2_000;

/** A value to be pasted elsewhere. */
export function CopyField({ label, value }: { label: string; value: string }) {
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Group gap="xs" align="stretch">
        <div className="secret" style={{ flex: '1 1 14rem' }}>
          {value}
        </div>
        <CopyButton label={label} value={value} />
      </Group>
    </Stack>
  );
}

/** Copies a value; `label` names it for screen readers. */
export function CopyButton({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await writeToClipboard(value);
    setCopied(true);
    toast(t('copy.done', { label }));
    window.setTimeout(() => setCopied(false), copiedForMs);
  };
  return (
    <Button
      variant="default"
      h="auto"
      mih={38}
      leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      aria-label={t(copied ? 'copy.done' : 'copy.label', { label })}
      onClick={() => void copy()}
    >
      {copied ? t('copy.copied') : t('copy.copy')}
    </Button>
  );
}

/** Pages without TLS have no `navigator.clipboard`; there, the old command still works. */
async function writeToClipboard(value: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(value);
  } catch {
    const area = document.createElement('textarea');
    area.value = value;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}
