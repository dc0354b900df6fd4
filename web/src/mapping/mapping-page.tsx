import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconArrowDown, IconArrowRight, IconArrowUp } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { answer, api } from '../api/client.ts';
import { mappingQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import type { Rule } from '../api/shapes.ts';
import { StateBadge } from '../parts/badges.tsx';
import { useFieldName } from '../parts/field-changes.tsx';
import { Page, Section } from '../parts/page.tsx';
import { ErrorNote, ListSkeleton, Notice } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';
import { MappingPreview } from './mapping-preview.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { sourceName, targetName, toRuleDtos, transformText } from './rule-text.ts';

/** Which attribute fills which field, in order: the first rule of a target that gives a value wins. */
export function MappingPage() {
  const { t } = useTranslation();
  const mapping = useQuery(mappingQuery);
  return (
    <Page title={t('mapping.title')} intro={t('mapping.intro')}>
      <ErrorNote error={mapping.error} retry={() => void mapping.refetch()} />
      {mapping.data === undefined ? (
        !mapping.error && <ListSkeleton />
      ) : (
        <Editor key={mapping.data.version} version={mapping.data.version} saved={mapping.data.rules} />
      )}
    </Page>
  );
}

function Editor({ version, saved }: { version: number; saved: Rule[] }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [rules, setRules] = useState(saved);
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  const save = useMutation({
    mutationFn: () =>
      answer(() => api.PUT('/api/attribute-mapping', { body: { rules: toRuleDtos(rules), version } })),
    onSuccess: (next) => {
      queryClient.setQueryData(mappingQuery.queryKey, next);
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
      toast(t('mapping.saved'));
    },
  });
  const changed = JSON.stringify(rules) !== JSON.stringify(saved);
  const stale = save.error instanceof ApiError && save.error.status === 409;
  const move = (at: number, by: number) => {
    const next = [...rules];
    const [rule] = next.splice(at, 1);
    if (rule) next.splice(at + by, 0, rule);
    setRules(next);
    toast(t('mapping.moved', { position: at + by + 1, count: rules.length }));
  };
  return (
    <>
      {changed && (
        <Notice
          tone="info"
          title={t('mapping.unsaved')}
          actions={
            <>
              <Button size="xs" loading={save.isPending} onClick={() => save.mutate()}>
                {t('save')}
              </Button>
              <Button size="xs" variant="default" onClick={() => setRules(saved)}>
                {t('discard')}
              </Button>
            </>
          }
        >
          {t('mapping.unsavedText')}
        </Notice>
      )}
      {stale ? (
        <Notice
          tone="warning"
          title={t('mapping.staleTitle')}
          actions={
            <Button
              size="xs"
              variant="default"
              onClick={() => void queryClient.invalidateQueries({ queryKey: ['mapping'] })}
            >
              {t('mapping.reload')}
            </Button>
          }
        >
          {t('mapping.staleText')}
        </Notice>
      ) : (
        <ErrorNote error={save.error} />
      )}
      <Section
        flush
        title={t('mapping.rules')}
        intro={t('mapping.version', { version })}
        actions={
          <Button variant="default" onClick={() => setEditing('new')}>
            {t('mapping.add')}
          </Button>
        }
      >
        <ol style={{ margin: 0, padding: 0, listStyle: 'none' }} aria-label={t('mapping.rules')}>
          {rules.map((rule, at) => (
            <li key={`${at}-${JSON.stringify(rule.source)}`} className="rule-card">
              <RuleRow
                rule={rule}
                at={at}
                last={at === rules.length - 1}
                onMove={(by) => move(at, by)}
                onEdit={() => setEditing(at)}
              />
            </li>
          ))}
        </ol>
      </Section>
      <MappingPreview rules={rules} />
      <RuleDialog
        opened={editing !== null}
        rule={typeof editing === 'number' ? (rules[editing] ?? null) : null}
        others={rules.filter((_, at) => at !== editing)}
        onClose={() => setEditing(null)}
        onRemove={
          typeof editing === 'number'
            ? () => {
                setRules(rules.filter((_, at) => at !== editing));
                setEditing(null);
              }
            : undefined
        }
        onSave={(rule) => {
          setRules(typeof editing === 'number' ? rules.with(editing, rule) : [...rules, rule]);
          setEditing(null);
        }}
      />
    </>
  );
}

function RuleRow({
  rule,
  at,
  last,
  onMove,
  onEdit,
}: {
  rule: Rule;
  at: number;
  last: boolean;
  onMove: (by: number) => void;
  onEdit: () => void;
}) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const target = nameOf(targetName(rule.target));
  const label = t('mapping.ruleLabel', { source: sourceName(rule.source, t), target });
  return (
    <>
      <div>
        <code title={typeof rule.source === 'string' ? rule.source : undefined}>
          {sourceName(rule.source, t)}
        </code>
        {rule.transforms.map((transform, step) => (
          <Text key={`${step}-${transform.name}`} size="xs" c="dimmed">
            {transformText(transform)}
          </Text>
        ))}
      </div>
      <IconArrowRight size={16} role="img" aria-label={t('mapping.fills')} className="wide-arrow" />
      <div>
        <strong>{target}</strong>{' '}
        {rule.when === 'create' && <StateBadge tone="gray">{t('mapping.onlyCreate')}</StateBadge>}
      </div>
      <Group gap={6} wrap="nowrap">
        <ActionIcon
          variant="default"
          size="md"
          disabled={at === 0}
          aria-label={t('mapping.up', { rule: label })}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="md"
          disabled={last}
          aria-label={t('mapping.down', { rule: label })}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={16} />
        </ActionIcon>
        <Button
          size="xs"
          variant="default"
          aria-label={t('mapping.editLabel', { rule: label })}
          onClick={onEdit}
        >
          {t('edit')}
        </Button>
      </Group>
    </>
  );
}
