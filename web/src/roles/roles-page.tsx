import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import { answer, api, asShown } from '../api/client.ts';
import { roleMappingQuery, rolesQuery } from '../api/queries/roles.ts';
import { queryClient } from '../api/query-client.ts';
import type { MemberRole, RoleMapping } from '../api/shapes.ts';
import { useTranslation } from '../i18n.ts';
import { ActButton } from '../parts/acts/act-button.tsx';
import { ActFields } from '../parts/acts/act-fields.tsx';
import { useUnsaved } from '../parts/forms/unsaved.tsx';
import { StateBadge } from '../parts/page/badges.tsx';
import { Page, Section } from '../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton, Notice } from '../parts/page/states.tsx';
import { useToast } from '../parts/page/toast.tsx';
import { isComplete, type RoleDrafts, useRoleDrafts } from './role-drafts.ts';
import { RoleEffects } from './role-effects.tsx';
import { RoleRules } from './role-rules.tsx';
import './roles.css';

/** Which groups and values give which roles of the product, and what a change of that would do. */
export function RolesPage() {
  const { t } = useTranslation();
  const roles = useQuery(rolesQuery);
  const mapping = useQuery(roleMappingQuery);
  const error = roles.error ?? mapping.error;
  const isThere = roles.data !== undefined && mapping.data !== undefined;
  if (isThere && roles.data.items.length > 0) {
    return <CurrentEditor roles={roles.data.items} mapping={mapping.data} />;
  }
  return (
    <Page title={t('nav.roles')} intro={t('roles.intro')}>
      <ErrorNote error={error} retry={() => void Promise.all([roles.refetch(), mapping.refetch()])} />
      {isThere && <EmptyState title={t('roles.noRoles')} text={t('roles.noRolesText')} error={error} />}
      {!isThere && error === null && <ListSkeleton />}
    </Page>
  );
}

interface EditorProps {
  roles: readonly MemberRole[];
  mapping: RoleMapping;
}

/**
 * The editor of the newest version; another one begins when somebody else saves, once changes here are saved or given up.
 */
function CurrentEditor({ roles, mapping }: EditorProps) {
  const [shown, setShown] = useState(mapping);
  return (
    <Editor
      key={shown.version}
      roles={roles}
      mapping={shown}
      onSaved={setShown}
      onReload={async () => setShown(await queryClient.fetchQuery({ ...roleMappingQuery, staleTime: 0 }))}
    />
  );
}

interface EditorActs {
  onSaved: (mapping: RoleMapping) => void;
  onReload: () => Promise<void>;
}

function Editor({ roles, mapping, onSaved, onReload }: EditorProps & EditorActs) {
  const { t } = useTranslation();
  const drafts = useRoleDrafts(mapping);
  const complete = drafts.draft.rules.every(isComplete);
  useUnsaved(drafts.changed);
  return (
    <Page title={t('nav.roles')} intro={t('roles.intro')}>
      <SaveRoles
        drafts={drafts}
        mapping={mapping}
        complete={complete}
        onSaved={onSaved}
        onReload={onReload}
      />
      <DeclaredRoles roles={roles} />
      <ActFields act="PUT /api/role-mapping">
        <RoleRules roles={roles} drafts={drafts} />
        <Others roles={roles} drafts={drafts} />
      </ActFields>
      <RoleEffects draft={drafts.draft} />
    </Page>
  );
}

function DeclaredRoles({ roles }: { roles: readonly MemberRole[] }) {
  const { t, language } = useTranslation();
  return (
    <Section title={t('roles.declared')} intro={t('roles.declaredText')}>
      <Stack component="ul" gap="xs" className="role-list">
        {roles.map(({ key, name, privileged, max }) => (
          <li key={key}>
            <Text span fw={600} size="sm">
              {name[language]}
            </Text>{' '}
            {privileged && <StateBadge tone="amber">{t('roles.privileged')}</StateBadge>}{' '}
            {max !== null && (
              <Text span size="sm" c="dimmed">
                {t('roles.max', { count: max })}
              </Text>
            )}
          </li>
        ))}
      </Stack>
    </Section>
  );
}

/** What people have that no rule is about. */
function Others({ roles, drafts: { draft, setRest } }: { roles: readonly MemberRole[]; drafts: RoleDrafts }) {
  const { t, language } = useTranslation();
  const choices = ['default', 'keep', 'deactivate'] as const;
  return (
    <Section title={t('roles.others')} intro={t('roles.othersText')}>
      <Stack className="fields-narrow">
        <NativeSelect
          label={t('roles.default')}
          value={draft.default ?? ''}
          onChange={(event) => setRest({ default: event.currentTarget.value || null })}
          data={[
            { value: '', label: t('roles.none') },
            ...roles.map(({ key, name }) => ({ value: key, label: name[language] })),
          ]}
        />
        <NativeSelect
          label={t('roles.withoutGroup')}
          value={draft.withoutGroup ?? 'default'}
          onChange={(event) =>
            setRest({ withoutGroup: event.currentTarget.value as RoleMapping['withoutGroup'] })
          }
          data={choices.map((value) => ({ value, label: t(`roles.withoutGroup.${value}`) }))}
        />
      </Stack>
    </Section>
  );
}

interface SaveRolesProps extends EditorActs {
  drafts: RoleDrafts;
  mapping: RoleMapping;
  complete: boolean;
}

function SaveRoles({ drafts, mapping, complete, onSaved, onReload }: SaveRolesProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const save = useMutation({
    mutationFn: () =>
      answer(() =>
        api.PUT('/api/role-mapping', { params: { header: asShown(mapping) }, body: drafts.draft }),
      ),
    onSuccess: (next) => {
      queryClient.setQueryData(roleMappingQuery.queryKey, next);
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
      onSaved(next);
      toast(t('roles.saved'));
    },
  });
  if (!drafts.changed) return null;
  const stale = save.error instanceof ApiError && save.error.status === 412;
  const reload = (
    <Button size="xs" variant="default" onClick={() => void onReload()}>
      {t('mapping.reload')}
    </Button>
  );
  const acts = (
    <>
      <ActButton
        act="PUT /api/role-mapping"
        size="xs"
        loading={save.isPending}
        disabled={!complete}
        onClick={() => save.mutate()}
      >
        {t('save')}
      </ActButton>
      <Button size="xs" variant="default" onClick={drafts.reset}>
        {t('discard')}
      </Button>
    </>
  );
  return (
    <div className="save-bar">
      <Notice
        tone={stale ? 'warning' : 'info'}
        title={t(stale ? 'mapping.staleTitle' : 'mapping.unsaved')}
        actions={stale ? reload : acts}
      >
        <span className="wide-only">{t(stale ? 'roles.staleText' : 'roles.unsavedText')}</span>
        {!stale && <ErrorNote error={save.error} />}
      </Notice>
    </div>
  );
}
