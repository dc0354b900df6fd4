import { ActionIcon, Button, Group, NativeSelect, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { directoryGroupQuery, directoryGroupsQuery } from '../api/queries/groups.ts';
import type { MemberRole, RoleRule } from '../api/shapes.ts';
import { useTranslation } from '../i18n.ts';
import { EmptyState } from '../parts/page/states.tsx';
import { Section } from '../parts/page/page.tsx';
import type { RoleDrafts } from './role-drafts.ts';

const typingPauseMs = 300;

interface RoleRulesProps {
  roles: readonly MemberRole[];
  drafts: RoleDrafts;
}

/** Who has which role: a group or a value of an attribute for each rule. */
export function RoleRules({ roles, drafts }: RoleRulesProps) {
  const { t } = useTranslation();
  const role = roles.at(-1)?.key ?? '';
  return (
    <Section
      title={t('roles.rules')}
      intro={t('roles.rulesText')}
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            onClick={() => drafts.add({ attribute: 'roles.value', value: '', role })}
          >
            {t('roles.addAttribute')}
          </Button>
          <Button size="xs" onClick={() => drafts.add({ group: { directoryGroupId: '' }, role })}>
            {t('roles.addGroup')}
          </Button>
        </>
      }
    >
      {drafts.rules.length === 0 ? (
        <EmptyState title={t('roles.noRules')} text={t('roles.noRulesText')} error={null} />
      ) : (
        <Stack component="ul" className="role-rules">
          {drafts.rules.map(({ id, rule }, at) => (
            <Rule
              key={id}
              rule={rule}
              number={at + 1}
              roles={roles}
              onChange={(next) => drafts.change(id, next)}
              onRemove={() => drafts.remove(id)}
            />
          ))}
        </Stack>
      )}
    </Section>
  );
}

interface RuleProps {
  rule: RoleRule;
  number: number;
  roles: readonly MemberRole[];
  onChange: (rule: RoleRule) => void;
  onRemove: () => void;
}

function Rule({ rule, number, roles, onChange, onRemove }: RuleProps) {
  const { t, language } = useTranslation();
  return (
    <Group component="li" align="flex-end" gap="sm" aria-label={t('roles.ruleLabel', { number })}>
      {rule.group === undefined ? (
        <AttributeFields rule={rule} onChange={onChange} />
      ) : (
        <GroupField
          id={rule.group.directoryGroupId}
          onChange={(directoryGroupId) => onChange({ ...rule, group: { directoryGroupId } })}
        />
      )}
      <NativeSelect
        label={t('field.role')}
        value={rule.role}
        onChange={(event) => onChange({ ...rule, role: event.currentTarget.value })}
        data={roles.map(({ key, name }) => ({ value: key, label: name[language] }))}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('roles.removeRule', { number })}
        onClick={onRemove}
      >
        <IconTrash size={18} />
      </ActionIcon>
    </Group>
  );
}

function AttributeFields({ rule, onChange }: Pick<RuleProps, 'rule' | 'onChange'>) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('roles.attribute')}
        value={rule.attribute ?? ''}
        onChange={(event) => onChange({ ...rule, attribute: event.currentTarget.value })}
      />
      <TextInput
        label={t('roles.value')}
        value={rule.value ?? ''}
        onChange={(event) => onChange({ ...rule, value: event.currentTarget.value })}
      />
    </>
  );
}

/** A group of the directory, found by its name and kept by its id. */
function GroupField({ id, onChange }: { id: string; onChange: (id: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const chosen = useQuery({ ...directoryGroupQuery(id), enabled: id !== '' }).data;
  // What is chosen stands in the field, and is not looked for.
  const [search] = useDebouncedValue(typed === chosen?.name ? '' : typed.trim(), typingPauseMs);
  const groups = useQuery(directoryGroupsQuery(search)).data?.items ?? [];
  const isGone = id !== '' && chosen === null;
  const known = new Map([...groups, ...(chosen ? [chosen] : [])].map((group) => [group.id, group]));
  return (
    <Select
      label={t('roles.group')}
      placeholder={t('choice.search')}
      searchable
      value={id === '' ? null : id}
      error={isGone ? t('roles.groupGone') : undefined}
      onSearchChange={setTyped}
      onChange={(next) => onChange(next ?? '')}
      nothingFoundMessage={t('groups.noneFound')}
      comboboxProps={{ withinPortal: false }}
      data={[
        ...[...known.values()]
          .toSorted((one, other) => one.name.localeCompare(other.name))
          .map((group) => ({ value: group.id, label: group.name })),
        ...(isGone ? [{ value: id, label: id }] : []),
      ]}
      w="18rem"
    />
  );
}
