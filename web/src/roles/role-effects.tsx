import { Anchor, Group, List, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { rolePreviewQuery } from '../api/queries/roles.ts';
import type { RoleChange, RoleDraft, RolePreview } from '../api/shapes.ts';
import { useTranslation } from '../i18n.ts';
import { StateBadge } from '../parts/page/badges.tsx';
import { Link } from '../parts/page/link.tsx';
import { Section } from '../parts/page/page.tsx';
import { ErrorNote, ListSkeleton, Notice } from '../parts/page/states.tsx';
import { formatNumber } from '../parts/text/format.ts';
import { isComplete } from './role-drafts.ts';
import { useRoleName } from '../parts/text/role-name.tsx';

const typingPauseMs = 400;
const tones = { gain: 'green', lose: 'amber', deactivate: 'red', held: 'amber' } as const;
const kinds = ['gain', 'lose', 'deactivate', 'held'] as const;

/** Who would gain and lose which role, counted over everybody, while the rules are edited. */
export function RoleEffects({ draft }: { draft: RoleDraft }) {
  const { t } = useTranslation();
  const [asked] = useDebouncedValue(draft, typingPauseMs);
  // A moment ago a rule may have been unfinished that is complete now: only what is whole is asked.
  const preview = useQuery({ ...rolePreviewQuery(asked), enabled: asked.rules.every(isComplete) });
  return (
    <Section title={t('roles.effects')} intro={t('roles.effectsText')}>
      {!draft.rules.every(isComplete) ? (
        <Text size="sm" c="dimmed">
          {t('roles.incomplete')}
        </Text>
      ) : preview.error ? (
        <ErrorNote error={preview.error} retry={() => void preview.refetch()} />
      ) : preview.data === undefined ? (
        <ListSkeleton />
      ) : (
        <Effects preview={preview.data} />
      )}
    </Section>
  );
}

function Effects({ preview }: { preview: RolePreview }) {
  const { t } = useTranslation();
  const { counts, items, matching, problems } = preview;
  const said = kinds.filter((kind) => counts[kind] > 0);
  return (
    <>
      <Text size="sm" fw={600} role="status">
        {said.length === 0
          ? t('roles.nobody', { count: counts.same })
          : said.map((kind) => t(`roles.will.${kind}`, { count: counts[kind] })).join(' · ')}
      </Text>
      {counts.waits > 0 && <Text size="sm">{t('roles.beside', { count: counts.waits })}</Text>}
      {problems.length > 0 && (
        <Notice tone="warning" title={t('roles.costly', { count: problems.length })}>
          <List size="sm" listStyleType="none">
            {problems.map(({ rule, text }) => (
              <List.Item key={rule}>{text}</List.Item>
            ))}
          </List>
          {t('roles.costlyText')}
        </Notice>
      )}
      <RoleTotals preview={preview} />
      {items.length > 0 && (
        <List listStyleType="none" spacing="xs" aria-label={t('roles.people')}>
          {items.map((change) => (
            <List.Item key={change.directoryUserId}>
              <Person change={change} />
            </List.Item>
          ))}
        </List>
      )}
      {matching > items.length && (
        <Text size="xs" c="dimmed">
          {t('roles.more', { count: matching - items.length })}
        </Text>
      )}
    </>
  );
}

function RoleTotals({ preview: { roles } }: { preview: RolePreview }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  return (
    <table className="field-changes">
      <thead>
        <tr>
          <th scope="col">{t('field.role')}</th>
          <th scope="col">{t('changes.before')}</th>
          <th scope="col">{t('changes.after')}</th>
        </tr>
      </thead>
      <tbody>
        {roles.map(({ role, before, after }) => (
          <tr key={role ?? ''}>
            <th scope="row">{role === null ? t('roles.none') : nameOf(role)}</th>
            <td>{formatNumber(before)}</td>
            <td>{formatNumber(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Person({ change }: { change: RoleChange }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const { kind, name, memberId, before, after, because, reason } = change;
  const words = (role: string | null) => (role === null ? t('roles.none') : nameOf(role));
  return (
    <Group gap="xs">
      <StateBadge tone={tones[kind]}>{t(`roles.kind.${kind}`)}</StateBadge>
      {memberId === null ? (
        <Text size="sm">{name}</Text>
      ) : (
        <Anchor component={Link} to={`/members/${memberId}`} size="sm">
          {name}
        </Anchor>
      )}
      <Text size="sm" c="dimmed">
        {kind === 'deactivate' ? words(before) : `${words(before)} → ${words(after)}`}
        {because.length > 0 && ` · ${because.map((group) => group.name).join(', ')}`}
      </Text>
      {reason !== null && <Text size="sm">{reason.text}</Text>}
    </Group>
  );
}
