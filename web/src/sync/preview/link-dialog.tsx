import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { loadedItems } from '../../api/paging.ts';
import { membersQuery } from '../../api/queries/members.ts';
import { linkCandidatesQuery } from '../../api/queries/preview.ts';
import type { Change } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
import { StateBadge } from '../../parts/page/badges.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { type FoundMember, likelyFirst } from './found-members.ts';
import { LinkQuestion } from './link-question.tsx';
import type { Candidate } from './preview-words.ts';

const typingPauseMs = 250;

interface LinkDialogProps {
  /** The member that the person may be; `search`: it is to be found; null: nothing is asked. */
  asked: Candidate | 'search' | null;
  change: Change;
  onClose: () => void;
}

/** Finds the member that a person is, and says what a link changes before it is made. */
export function LinkDialog({ asked, change, onClose }: LinkDialogProps) {
  const { t } = useTranslation();
  const [found, setFound] = useState<Candidate | null>(null);
  const named = asked === 'search' ? null : asked;
  const member = found ?? named;
  const close = () => {
    setFound(null);
    onClose();
  };
  return (
    <Dialog
      opened={asked !== null}
      onClose={close}
      size="lg"
      title={
        member === null
          ? t('link.title', { name: change.name })
          : t('link.question', { name: change.name, member: member.name })
      }
    >
      {member === null ? (
        <FindMember change={change} onFound={setFound} />
      ) : (
        <LinkQuestion
          key={member.id}
          change={change}
          member={member}
          onBack={named === null ? () => setFound(null) : null}
          onClose={close}
        />
      )}
    </Dialog>
  );
}

/** The likely members, before anything is typed; then those who match, the likely ones first. */
function FindMember({ change, onFound }: { change: Change; onFound: (member: Candidate) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const likely = useQuery(linkCandidatesQuery(change.directoryUserId));
  // Only those that the service lets be linked. Deactivated members, too: a person may return under another account.
  const searched = useInfiniteQuery({
    ...membersQuery({ search, linkable: 'true' }),
    enabled: search !== '',
  });
  const matching = search === '' ? null : loadedItems(searched);
  const members = likelyFirst(likely.data?.items ?? [], matching);
  const isKnown = search === '' ? likely.isSuccess : searched.isSuccess && !searched.isPlaceholderData;
  return (
    <Stack>
      <TextInput
        data-autofocus
        type="search"
        label={t('search.members')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ErrorNote error={likely.error ?? searched.error} />
      {isKnown && members.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {t(search === '' ? 'link.noneLikely' : 'link.none')}
        </Text>
      )}
      {search === '' && members.length > 0 && (
        <Text size="sm" fw={600}>
          {t('link.likely')}
        </Text>
      )}
      {members.map((member) => (
        <FoundRow key={member.id} member={member} onFound={onFound} />
      ))}
    </Stack>
  );
}

function FoundRow({ member, onFound }: { member: FoundMember; onFound: (member: Candidate) => void }) {
  const { t } = useTranslation();
  const { id, name, email, isDeactivated, because } = member;
  return (
    <Group justify="space-between" wrap="nowrap">
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Text size="sm">{name}</Text>
        <Text size="xs" c="dimmed">
          {email}
          {isDeactivated && ` · ${t('members.deactivated')}`}
        </Text>
        {because.length > 0 && (
          <Group gap={6} mt={2}>
            {because.map((likeness) => (
              <StateBadge key={likeness} tone="blue">
                {t(`link.because.${likeness}`)}
              </StateBadge>
            ))}
          </Group>
        )}
      </div>
      <Button
        size="xs"
        variant="default"
        onClick={() => onFound({ id, name })}
        aria-label={t('link.choose', { name })}
        style={{ flex: 'none' }}
      >
        {t('link.choice')}
      </Button>
    </Group>
  );
}
