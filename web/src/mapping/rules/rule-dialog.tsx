import { Button, Checkbox, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsOf } from '../../api/api-error.ts';
import { propertiesQuery } from '../../api/queries.ts';
import type { Rule } from '../../api/shapes.ts';
import { memberTextFields } from '../../locales/member-fields.ts';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { faultText, useErrorWords } from '../../parts/text/error-text.ts';
import { RuleResult } from './rule-result.tsx';
import { isComplete, targetName, targetOf, tidySource } from './rule-text.ts';
import { SourceEditor } from './source-editor.tsx';
import { useStepExamples } from './step-examples.ts';
import { Example, TransformsEditor } from './transforms-editor.tsx';
import { UnknownOptionEditor } from './unknown-option-editor.tsx';

const fields = [...memberTextFields, 'manager'] as const;
const propertyPrefix = 'properties.';

interface RuleDialogProps {
  opened: boolean;
  /** Null for a new one. */
  rule: Rule | null;
  /** The other rules, of which one may fill the same target first. */
  others: readonly Rule[];
  onSave: (rule: Rule) => void;
  onClose: () => void;
}

/** One rule: source with the attributes seen, transforms with live examples, target, and what it gives real people. */
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

function Form({ rule, others, onSave, onClose }: RuleDialogProps) {
  const { t } = useTranslation();
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const [draft, setDraft] = useState<Rule>(
    () => rule ?? { source: '', transforms: [], target: { field: 'jobTitle' }, when: 'always' },
  );
  const change = (part: Partial<Rule>) => setDraft((before) => ({ ...before, ...part }));
  const property = properties.find(({ key }) => key === draft.target.property);
  const withOptions = property?.type === 'select' || property?.type === 'multi_select';
  const sameTarget = others.find((other) => targetName(other.target) === targetName(draft.target));
  const finished: Rule = {
    ...draft,
    source: tidySource(draft.source),
    when: sameTarget?.when ?? draft.when,
    unknownOption: withOptions ? draft.unknownOption : undefined,
  };
  const { source: examples, steps, errors } = useStepExamples(draft.source, draft.transforms);
  const stepFault = useStepFault();
  const sourceFault = stepFault(errors[0]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(finished);
      }}
    >
      <Stack>
        <SourceEditor source={draft.source} onChange={(source) => change({ source })} />
        {sourceFault && isComplete(draft.source) ? (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {sourceFault}
          </Text>
        ) : (
          typeof draft.source !== 'string' && <SourceExamples examples={examples} />
        )}
        <TransformsEditor
          transforms={draft.transforms}
          examples={steps}
          faults={draft.transforms.map((_, at) => (errors[at] ? undefined : stepFault(errors[at + 1])))}
          onChange={(transforms) => change({ transforms })}
        />
        <NativeSelect
          label={t('mapping.target')}
          value={targetName(draft.target)}
          description={sameTarget && t('mapping.sameTarget')}
          inputWrapperOrder={['label', 'input', 'description']}
          onChange={(event) => change({ target: targetOf(event.currentTarget.value) })}
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
        {withOptions && (
          <UnknownOptionEditor
            key={property.key}
            property={property}
            policy={draft.unknownOption}
            onChange={(unknownOption) => change({ unknownOption })}
          />
        )}
        <Checkbox
          label={t('mapping.onlyCreateLabel')}
          description={sameTarget && t('mapping.sameWhen')}
          disabled={sameTarget !== undefined}
          checked={finished.when === 'create'}
          onChange={(event) => change({ when: event.currentTarget.checked ? 'create' : 'always' })}
        />
        {isComplete(draft.source) && <RuleResult rule={finished} />}
        <DialogButtons onCancel={onClose}>
          <Button type="submit">{t('mapping.apply')}</Button>
        </DialogButtons>
      </Stack>
    </form>
  );
}

function SourceExamples({ examples }: { examples: Parameters<typeof Example>[0]['value'][] }) {
  const { t } = useTranslation();
  if (examples.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" component="div">
      {t('mapping.gives')}{' '}
      {examples.map((value, at) => (
        <Example key={at} value={value} />
      ))}
    </Text>
  );
}

/** What is wrong with a step, without the place: it stands there. */
function useStepFault(): (error: unknown) => string | undefined {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  return (error) => {
    if (error === null || error === undefined) return undefined;
    return (
      faultsOf(error)
        .map((fault) => faultText(fault, t))
        .join('; ') || wordsOf(error).text
    );
  };
}
