import { Button, Checkbox, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { faultsOf } from '../../api/api-error.ts';
import { propertiesQuery } from '../../api/queries/members.ts';
import type { Rule } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { memberTextFields } from '../../locales/member-fields.ts';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { Form } from '../../parts/forms/form.tsx';
import { useUnsaved } from '../../parts/forms/unsaved.tsx';
import { useDraft } from '../../parts/forms/use-draft.ts';
import { faultText, useErrorWords } from '../../parts/text/error-text.ts';
import { propertyField } from '../../parts/text/field-name.ts';
import { PropertyForm } from '../../parts/properties/property-form.tsx';
import { RuleResult, unknownValues, useRuleResult } from './rule-result.tsx';
import { isComplete, targetName, targetOf, tidySource } from './rule-text.ts';
import { SourceEditor } from './source-editor.tsx';
import { useStepExamples } from './step-examples.ts';
import { Example, TransformsEditor } from './transforms-editor.tsx';
import { UnknownOptionEditor } from './unknown-option-editor.tsx';

const fields = [...memberTextFields, 'manager'] as const;

interface RuleDialogProps {
  opened: boolean;
  /** Null for a new one. */
  rule: Rule | null;
  /** The other rules. One of them may fill the same target first. */
  others: readonly Rule[];
  onSave: (rule: Rule) => void;
  onClose: () => void;
}

/** One rule: its source, transforms with live examples, its target, and what it gives real people. */
export function RuleDialog(props: RuleDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      title={t(props.rule ? 'mapping.edit' : 'mapping.add')}
      size="xl"
      centered={false}
    >
      {props.opened && <RuleForm {...props} />}
    </Dialog>
  );
}

/** Says nothing yet of where the value goes to: what is chosen for somebody is easily overlooked. */
const newRule: Rule = { source: '', transforms: [], target: {}, when: 'always' };

function RuleForm({ rule, others, onSave, onClose }: RuleDialogProps) {
  const { t } = useTranslation();
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const { draft, change, changed } = useDraft(rule ?? newRule, (saved) => saved);
  useUnsaved(changed);
  const property = properties.find(({ key }) => key === draft.target.property);
  const [isAdding, setAdding] = useState(false);
  const withOptions = property?.type === 'select' || property?.type === 'multi_select';
  const sameTarget = others.find((other) => targetName(other.target) === targetName(draft.target));
  const finished: Rule = {
    ...draft,
    source: tidySource(draft.source),
    when: sameTarget?.when ?? draft.when,
    unknownOption: withOptions ? draft.unknownOption : undefined,
  };
  const canBeTried = isComplete(draft.source) && targetName(draft.target) !== '';
  const result = useRuleResult(finished, canBeTried);
  return (
    <>
      <Form onSubmit={() => onSave(finished)}>
        <Stack>
          <SourceAndSteps draft={draft} change={change} />
          <TargetSelect
            target={draft.target}
            isAlternative={sameTarget !== undefined}
            onChange={(target) => change({ target })}
            onNewProperty={() => setAdding(true)}
          />
          {withOptions && (
            <UnknownOptionEditor
              key={property.key}
              property={property}
              policy={draft.unknownOption}
              unknown={unknownValues(result.data?.summary, finished.target)}
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
          {canBeTried && <RuleResult target={finished.target} preview={result} />}
          <DialogButtons onCancel={onClose}>
            <Button type="submit">{t('mapping.apply')}</Button>
          </DialogButtons>
        </Stack>
      </Form>
      {/* Beside the form: a form inside of another would be sent with it. */}
      <NewPropertyDialog
        opened={isAdding}
        onMade={(target) => change({ target })}
        onClose={() => setAdding(false)}
      />
    </>
  );
}

/** Makes a property for the rule to fill. */
function NewPropertyDialog({
  opened,
  onMade,
  onClose,
}: {
  opened: boolean;
  onMade: (target: Rule['target']) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('properties.add')}>
      {opened && (
        <PropertyForm
          property={null}
          onSaved={({ key }) => {
            onClose();
            onMade({ property: key });
          }}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}

interface SourceAndStepsProps {
  draft: Rule;
  change: (part: Partial<Rule>) => void;
}

/** Where the value comes from and the steps that it goes through, with examples or what is wrong with them. */
function SourceAndSteps({ draft: { source, transforms }, change }: SourceAndStepsProps) {
  const { source: examples, steps, errors } = useStepExamples(source, transforms);
  const stepFault = useStepFault();
  const sourceFault = stepFault(errors[0]);
  return (
    <>
      <SourceEditor source={source} onChange={(next) => change({ source: next })} />
      {sourceFault && isComplete(source) ? (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {sourceFault}
        </Text>
      ) : (
        typeof source !== 'string' && <SourceExamples examples={examples} />
      )}
      <TransformsEditor
        transforms={transforms}
        examples={steps}
        faults={transforms.map((_, at) => (errors[at] ? undefined : stepFault(errors[at + 1])))}
        onChange={(next) => change({ transforms: next })}
      />
    </>
  );
}

interface TargetSelectProps {
  target: Rule['target'];
  /** Whether another rule fills this target, too. */
  isAlternative: boolean;
  onChange: (target: Rule['target']) => void;
  onNewProperty: () => void;
}

/** Stands in the list for a property that does not exist yet; no field and no property is called so. */
const newProperty = '+';

function TargetSelect({ target, isAlternative, onChange, onNewProperty }: TargetSelectProps) {
  const { t } = useTranslation();
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  return (
    <NativeSelect
      label={t('mapping.target')}
      value={targetName(target)}
      description={isAlternative && t('mapping.sameTarget')}
      inputWrapperOrder={['label', 'input', 'description']}
      required
      withAsterisk={false}
      onChange={({ currentTarget: { value } }) =>
        value === newProperty ? onNewProperty() : onChange(targetOf(value))
      }
      data={[
        { value: '', label: t('mapping.chooseTarget'), disabled: true },
        {
          group: t('mapping.fields'),
          items: fields.map((value) => ({ value, label: t(`field.${value}`) })),
        },
        {
          group: t('nav.properties'),
          items: [
            ...properties.map(({ key, name }) => ({ value: propertyField(key), label: name })),
            { value: newProperty, label: t('mapping.newProperty') },
          ],
        },
      ]}
    />
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

/** What is wrong with a step. It does not name the place: the text stands beside it. */
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
