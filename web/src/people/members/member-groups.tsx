import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '../../parts/page/link.tsx';
import { memberGroupsQuery } from '../../api/queries/members.ts';
import { useTranslation } from '../../i18n.ts';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';

/** The groups that a member is in, each a link. */
export function MemberGroups({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const groups = useQuery(memberGroupsQuery(memberId));
  const items = groups.data?.items ?? [];
  return (
    <Section title={t('nav.groups')}>
      <ErrorNote error={groups.error} retry={() => void groups.refetch()} />
      {groups.data && items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('member.noGroups')}
        </Text>
      )}
      {items.length > 0 && (
        <Group gap="xs">
          {items.map(({ id, name }) => (
            <Anchor key={id} component={Link} to={`/groups/${id}`} className="group-chip">
              {name}
            </Anchor>
          ))}
        </Group>
      )}
    </Section>
  );
}
