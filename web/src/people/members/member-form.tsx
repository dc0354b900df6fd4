import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { answer, api, asShown } from '../../api/client.ts';
import { propertiesQuery } from '../../api/queries/members.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Member, Property } from '../../api/shapes.ts';
import { memberTextFields } from '../../locales/member-fields.ts';
import { useTranslation } from '../../i18n.ts';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { Form } from '../../parts/forms/form.tsx';
import { useUnsaved } from '../../parts/forms/unsaved.tsx';
import { type DraftState, useDraft } from '../../parts/forms/use-draft.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { useRefusal } from '../../parts/text/error-text.ts';
import { propertyField } from '../../parts/text/field-name.ts';
import { inWords } from '../../parts/text/sentence.ts';
import { PropertyInput } from '../properties/property-input.tsx';
import { Languages } from './languages.tsx';
import { changesOf, draftOf, isWithoutDot, type MemberDraft } from './member-draft.ts';
import { MemberPicker } from './member-picker.tsx';
import { isLocked, lockedWords } from './member-words.ts';
import { useIsGone } from './use-is-gone.ts';
import { useProvisioningState } from './use-provisioning-state.ts';

interface MemberFormProps {
  /** Null to add somebody. */
  member: Member | null;
  onCancel: () => void;
  onSaved: (member: Member) => void;
}

/** The fields and properties of a member. */
export function MemberForm({ member, onCancel, onSaved }: MemberFormProps) {
  const { t } = useTranslation();
  const edited = useDraft(member, draftOf);
  const forget = useUnsaved(edited.changed);
  const save = useSave(edited, (saved) => {
    forget();
    onSaved(saved);
  });
  const isGone = useIsGone(member);
  const common = useCommonProps(member, save.error, isGone);
  const locked = lockedWords(member, useProvisioningState(), isGone);
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const fieldsShown = [...memberTextFields, 'managerId', ...properties.map(({ key }) => propertyField(key))];
  return (
    <Form error={save.error} onSubmit={() => save.mutate()}>
      <Stack>
        {locked !== null && (
          <Text size="sm" c="dimmed">
            {inWords(locked, t)}
          </Text>
        )}
        <MemberFields edited={edited} common={common} />
        <MemberProperties edited={edited} common={common} />
        <ErrorNote error={save.error} saidBeside={fieldsShown} />
        <DialogButtons onCancel={onCancel}>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </DialogButtons>
      </Stack>
    </Form>
  );
}

type Edited = DraftState<Member | null, MemberDraft>;
type CommonProps = ReturnType<typeof useCommonProps>;

/** What every input gets: whether it is locked, and what the service refused. */
function useCommonProps(member: Member | null, error: unknown, isGone: boolean) {
  const { t } = useTranslation();
  const refused = useRefusal(error);
  const state = useProvisioningState();
  return (field: string) => {
    const locked = member !== null && isLocked(member, field, state);
    return {
      description: locked ? t(isGone ? 'member.filled' : 'member.managed') : undefined,
      readOnly: locked,
      error: refused(field),
    };
  };
}

function MemberFields({ edited, common }: { edited: Edited; common: CommonProps }) {
  const { t } = useTranslation();
  const { draft, shown, change } = edited;
  const languagesId = useId();
  return (
    <>
      {memberTextFields.map((field) => (
        <TextInput
          key={field}
          {...common(field)}
          {...(field === 'language' && { placeholder: t('member.languageHint'), list: languagesId })}
          {...(field === 'email' &&
            isWithoutDot(draft.texts.email) && { description: t('member.withoutDot') })}
          type={field === 'email' ? 'email' : 'text'}
          required={field === 'email'}
          label={t(`field.${field}`)}
          value={draft.texts[field]}
          onChange={(event) => change({ texts: { ...draft.texts, [field]: event.currentTarget.value } })}
        />
      ))}
      <Languages id={languagesId} />
      <MemberPicker
        {...common('managerId')}
        label={t('field.managerId')}
        except={shown?.id}
        value={draft.managerId}
        onChange={(managerId) => change({ managerId })}
      />
    </>
  );
}

function MemberProperties({ edited, common }: { edited: Edited; common: CommonProps }) {
  const { t } = useTranslation();
  const { draft, shown, change } = edited;
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const propsOf = ({ key, filledBy, required }: Property) => ({
    ...common(propertyField(key)),
    ...(filledBy === 'provisioning'
      ? { readOnly: true, description: t('member.provisionedOnly') }
      : { withAsterisk: required }),
  });
  return properties.map((property) => (
    <PropertyInput
      key={property.key}
      {...propsOf(property)}
      property={property}
      memberId={shown?.id}
      value={draft.properties[property.key] ?? null}
      onChange={(value) => change({ properties: { ...draft.properties, [property.key]: value } })}
    />
  ));
}

function useSave({ draft, shown }: Edited, onSaved: (member: Member) => void) {
  const { t } = useTranslation();
  const toast = useToast();
  return useMutation({
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
      onSaved(saved);
    },
  });
}
