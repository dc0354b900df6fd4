import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, asShown } from '../../api/client.ts';
import { propertiesQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Member, Property } from '../../api/shapes.ts';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { useRefusal } from '../../parts/text/error-text.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { memberTextFields } from '../../locales/member-fields.ts';
import { changesOf, draftOf, type MemberDraft } from './member-draft.ts';
import { MemberPicker } from './member-picker.tsx';
import { PropertyInput } from '../properties/property-input.tsx';

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
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const [draft, setDraft] = useState<MemberDraft>(() => draftOf(member));
  /** As the draft began: what somebody else changes meanwhile must not be written over. */
  const [shown] = useState(member);
  const save = useMutation({
    mutationFn: () => {
      const body = changesOf(draft, shown);
      if (shown === null) {
        return answer(() => api.POST('/api/members', { body: { ...body, email: draft.texts.email } }));
      }
      const params = { path: { id: shown.id }, header: asShown(shown) };
      return answer(() => api.PATCH('/api/members/{id}', { params, body }));
    },
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ['members'] });
      toast(t('saved'));
      onClose();
      onSaved?.(saved);
    },
  });
  const refused = useRefusal(save.error);
  const locked = (field: string) => member?.provisionedFields.includes(field) ?? false;
  const common = (field: string) => ({
    description: locked(field) ? t('member.managed') : undefined,
    readOnly: locked(field),
    error: refused(field),
  });
  const ofProperty = ({ key, filledBy, required }: Property) => ({
    ...common(`properties.${key}`),
    ...(filledBy === 'provisioning'
      ? { readOnly: true, description: t('member.provisionedOnly') }
      : { withAsterisk: required }),
  });
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
        {memberTextFields.map((field) => (
          <TextInput
            key={field}
            {...common(field)}
            type={field === 'email' ? 'email' : 'text'}
            required={field === 'email'}
            label={t(`field.${field}`)}
            value={draft.texts[field]}
            onChange={(event) =>
              setDraft({ ...draft, texts: { ...draft.texts, [field]: event.currentTarget.value } })
            }
          />
        ))}
        <MemberPicker
          {...common('managerId')}
          label={t('field.managerId')}
          except={member?.id}
          value={draft.managerId}
          onChange={(managerId) => setDraft({ ...draft, managerId })}
        />
        {properties.map((property) => (
          <PropertyInput
            key={property.key}
            {...ofProperty(property)}
            property={property}
            memberId={member?.id}
            value={draft.properties[property.key] ?? null}
            onChange={(value) =>
              setDraft({ ...draft, properties: { ...draft.properties, [property.key]: value } })
            }
          />
        ))}
        <ErrorNote error={save.error} />
        <DialogButtons onCancel={onClose}>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </DialogButtons>
      </Stack>
    </form>
  );
}
