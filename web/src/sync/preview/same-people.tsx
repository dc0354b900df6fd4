import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { linkSuggestionsQuery } from '../../api/queries/preview.ts';
import { queryClient } from '../../api/query-client.ts';
import type { LinkSuggestion } from '../../api/shapes.ts';
import { type Translate, useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { ErrorNote, Notice } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';

/** From how many pairs on a list of them is worth its place. */
const worthItFrom = 2;

/** After a change of the identity provider: the pairs of people and members who may be the same, to be linked at once. */
export function SamePeople() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const suggestions = useQuery(linkSuggestionsQuery).data;
  const count = suggestions?.items.length ?? 0;
  if (suggestions === undefined || count < worthItFrom) return null;
  return (
    <>
      <Notice
        tone="info"
        title={t(suggestions.nextCursor === null ? 'same.title' : 'same.titleMore', { count })}
        actions={
          <ActButton
            act="POST /api/sync-preview/links"
            size="xs"
            variant="default"
            onClick={() => setOpened(true)}
          >
            {t('same.look')}
          </ActButton>
        }
      >
        {t('same.text')}
      </Notice>
      {opened && <PairsDialog pairs={suggestions.items} onClose={() => setOpened(false)} />}
    </>
  );
}

function PairsDialog({ pairs, onClose }: { pairs: readonly LinkSuggestion[]; onClose: () => void }) {
  const { t } = useTranslation();
  // Of several people for one member, only one can be that member. The admin says which.
  const [chosen, setChosen] = useState(
    () => new Set(pairs.filter((pair) => isOnlyFor(pair, pairs)).map(idOf)),
  );
  const link = useLinkPairs(onClose);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Dialog opened onClose={onClose} title={t('same.question', { count: pairs.length })} size="lg">
      <Stack>
        <Text size="sm">{t('same.explain')}</Text>
        <Stack gap="xs" component="ul" className="plain-list">
          {pairs.map((pair) => (
            <li key={idOf(pair)}>
              <Checkbox
                checked={chosen.has(idOf(pair))}
                onChange={() => toggle(idOf(pair))}
                label={t('same.pair', { person: pair.name, member: pair.member.name })}
                description={pairWords(pair, t)}
              />
            </li>
          ))}
        </Stack>
        <ErrorNote error={link.error} />
        <DialogButtons onCancel={onClose}>
          <Button
            disabled={chosen.size === 0}
            loading={link.isPending}
            onClick={() => link.mutate(pairs.filter((pair) => chosen.has(idOf(pair))))}
          >
            {t('same.action', { count: chosen.size })}
          </Button>
        </DialogButtons>
      </Stack>
    </Dialog>
  );
}

/** The member's address and status; and what the address becomes, where the identity provider has another one. */
function pairWords({ email, member }: LinkSuggestion, t: Translate): string {
  const becomes = email !== null && email.toLowerCase() !== member.email.toLowerCase();
  return [
    becomes ? t('same.address', { before: member.email, after: email }) : member.email,
    ...(member.status === 'deactivated' ? [t('members.deactivated')] : []),
  ].join(' · ');
}

function useLinkPairs(onLinked: () => void) {
  const { t } = useTranslation();
  const toast = useToast();
  return useMutation({
    mutationFn: (pairs: readonly LinkSuggestion[]) =>
      answer(() =>
        api.POST('/api/sync-preview/links', {
          body: {
            pairs: pairs.map(({ directoryUserId, member }) => ({ directoryUserId, memberId: member.id })),
          },
        }),
      ),
    onSuccess: async ({ linked, items }) => {
      await queryClient.invalidateQueries();
      const refused = items.length - linked;
      toast(
        t('same.done', { count: linked }) + (refused > 0 ? ` ${t('same.refused', { count: refused })}` : ''),
      );
      onLinked();
    },
  });
}

/** Is this the only person for its member? */
function isOnlyFor({ member }: LinkSuggestion, pairs: readonly LinkSuggestion[]): boolean {
  return pairs.filter((pair) => pair.member.id === member.id).length === 1;
}

function idOf({ directoryUserId }: LinkSuggestion): string {
  return directoryUserId;
}
