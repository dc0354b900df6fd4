import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { answer, api } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Member } from '../api/shapes.ts';
import { ErrorNote } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';

const fields = ['email', 'firstName', 'lastName', 'displayName', 'jobTitle', 'language'] as const;
type Field = (typeof fields)[number];
type Draft = Record<Field, string>;

interface MemberDialogProps {
  opened: boolean;
  /** Null to add somebody. */
  member: Member | null;
  onClose: () => void;
  onSaved?: (member: Member) => void;
}

/** Adds or edits a member. What the identity provider manages can be seen but not changed. */
export function MemberDialog(props: MemberDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t(props.member ? 'member.edit' : 'members.add')}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {props.opened && <Form {...props} />}
    </Modal>
  );
}

function Form({ member, onClose, onSaved }: MemberDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const [draft, setDraft] = useState<Draft>(() => draftOf(member));
  const save = useMutation({
    mutationFn: () => {
      const body = changesOf(draft, member);
      if (member === null)
        return answer(() => api.POST('/api/members', { body: { ...body, email: draft.email } }));
      return answer(() => api.PATCH('/api/members/{id}', { params: { path: { id: member.id } }, body }));
    },
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ['members'] });
      toast(t('saved'));
      onClose();
      onSaved?.(saved);
    },
  });
  const refused = (field: Field) =>
    save.error instanceof ApiError ? save.error.fieldMessage(field) : undefined;
  const locked = (field: Field) => member?.provisionedFields.includes(field) ?? false;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        {member !== null && member.provisionedFields.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('member.lockedText')}
          </Text>
        )}
        {fields.map((field) => (
          <TextInput
            key={field}
            type={field === 'email' ? 'email' : 'text'}
            required={field === 'email'}
            label={t(`field.${field}`)}
            description={locked(field) ? t('member.managed') : undefined}
            readOnly={locked(field)}
            value={draft[field]}
            error={refused(field)}
            onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
          />
        ))}
        <ErrorNote error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function draftOf(member: Member | null): Draft {
  const value = (field: Field) => member?.[field] ?? '';
  return Object.fromEntries(fields.map((field) => [field, value(field)])) as Draft;
}

/** Only what was really changed; an emptied field becomes null. */
function changesOf(draft: Draft, member: Member | null): Partial<Record<Field, string>> {
  const before = draftOf(member);
  const changed = fields.filter((field) => draft[field].trim() !== before[field]);
  return Object.fromEntries(changed.map((field) => [field, draft[field].trim() || null]));
}
