import {
  Autocomplete,
  Button,
  Checkbox,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { propertiesQuery, sourcesQuery } from '../api/queries.ts';
import type { Rule } from '../api/shapes.ts';
import { MappingPreview } from './mapping-preview.tsx';
import { sourceName, targetName } from './rule-text.ts';
import { TransformsEditor } from './transforms-editor.tsx';

const fields = ['email', 'firstName', 'lastName', 'displayName', 'jobTitle', 'language', 'manager'] as const;
type Field = (typeof fields)[number];
const suggestionsMax = 40;
const propertyPrefix = 'properties.';

interface RuleDialogProps {
  opened: boolean;
  /** Null for a new one. */
  rule: Rule | null;
  /** The other rules: a preview needs a whole mapping. */
  others: readonly Rule[];
  onSave: (rule: Rule) => void;
  onRemove?: () => void;
  onClose: () => void;
}

/** One rule: source with the attributes seen, transforms, target, and what it gives for real people. */
export function RuleDialog(props: RuleDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t(props.rule ? 'mapping.edit' : 'mapping.add')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {props.opened && <Form {...props} />}
    </Modal>
  );
}

function Form({ rule, others, onSave, onRemove }: RuleDialogProps) {
  const { t } = useTranslation();
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const sources = useQuery(sourcesQuery).data?.items ?? [];
  const [source, setSource] = useState<Rule['source']>(rule?.source ?? '');
  const [transforms, setTransforms] = useState(rule?.transforms ?? []);
  const [target, setTarget] = useState(rule ? targetName(rule.target) : 'jobTitle');
  const [onlyCreate, setOnlyCreate] = useState(rule?.when === 'create');
  const draft: Rule = {
    source: typeof source === 'string' ? source.trim() : source,
    transforms,
    target: targetOf(target),
    when: onlyCreate ? 'create' : 'always',
  };
  const chosen = sources.find(({ path }) => path === draft.source);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(draft);
      }}
    >
      <Stack>
        {typeof source === 'string' ? (
          <Autocomplete
            data-autofocus
            required
            label={t('mapping.source')}
            description={t('mapping.sourceHint')}
            data={[...new Set(sources.map(({ path }) => path))]}
            limit={suggestionsMax}
            value={source}
            onChange={setSource}
          />
        ) : (
          <TextInput label={t('mapping.source')} value={sourceName(source, t)} readOnly />
        )}
        {chosen && chosen.examples.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('mapping.seen', { count: chosen.count })} {chosen.examples.join(' · ')}
          </Text>
        )}
        <TransformsEditor transforms={transforms} onChange={setTransforms} />
        <NativeSelect
          label={t('mapping.target')}
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
          data={[
            {
              group: t('mapping.fields'),
              items: fields.map((value) => ({ value, label: t(`field.${value}`) })),
            },
            {
              group: t('nav.properties'),
              items: properties.map(({ key, name }) => ({ value: propertyPrefix + key, label: name })),
            },
          ]}
        />
        <Checkbox
          label={t('mapping.onlyCreateLabel')}
          checked={onlyCreate}
          onChange={(event) => setOnlyCreate(event.currentTarget.checked)}
        />
        {draft.source !== '' && (
          <MappingPreview
            rules={[draft, ...others.filter((other) => targetName(other.target) !== target)]}
            only={target === 'manager' ? 'managerId' : target}
          />
        )}
        <Group justify="space-between">
          {onRemove ? (
            <Button variant="default" c="var(--mantine-color-error)" onClick={onRemove}>
              {t('mapping.remove')}
            </Button>
          ) : (
            <span />
          )}
          <Button type="submit">{t('mapping.apply')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function targetOf(name: string): Rule['target'] {
  if (name.startsWith(propertyPrefix)) return { property: name.slice(propertyPrefix.length) };
  return { field: name as Field };
}
