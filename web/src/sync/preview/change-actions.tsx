import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explanationQuery } from '../../api/queries/preview.ts';
import type { Change, Explanation } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { HeldPerson } from '../held/held-person.tsx';
import { ConflictSides } from './conflict-sides.tsx';
import { LinkDialog } from './link-dialog.tsx';
import {
  actionsOf,
  type Candidate,
  candidatesOf,
  type Decision,
  decisions,
  type PersonAction,
} from './preview-words.ts';
import { useDecide } from './use-decide.ts';

/** How the service came to a change, step by step, who is in a conflict with each other, and what can be done about it. */
export function ChangeActions({ change }: { change: Change }) {
  const { directoryUserId, memberId } = change;
  const explained = useQuery(explanationQuery(directoryUserId));
  const decide = useDecide(change);
  // One dialog for all who may be the person; null: it is not open.
  const [linking, setLinking] = useState<Candidate | 'search' | null>(null);
  const sides = explained.data?.sides ?? [];
  // Of a conflict it is not known yet who is in it: what is done about one of them stands beside them.
  const isAwaited = change.kind === 'conflict' && explained.isPending;
  const beside: readonly PersonAction[] = isAwaited || sides.length > 0 ? ['exclude', 'linkCandidate'] : [];
  const actions = actionsOf(change).filter((action) => !beside.includes(action));
  return (
    <Stack gap="sm">
      <Steps steps={explained.data?.steps ?? []} />
      <ErrorNote error={decide.error} />
      {actions.includes('approve') && memberId !== null && (
        <HeldPerson directoryUserId={directoryUserId} memberId={memberId} />
      )}
      {sides.length > 0 && <ConflictSides sides={sides} onLink={setLinking} />}
      {actions.includes('linkCandidate') && <Candidates change={change} onLink={setLinking} />}
      <Buttons
        actions={actions}
        onSearch={() => setLinking('search')}
        decide={decide.mutate}
        deciding={decide.isPending ? decide.variables : undefined}
      />
      <LinkDialog asked={linking} change={change} onClose={() => setLinking(null)} />
    </Stack>
  );
}

function Steps({ steps }: Pick<Explanation, 'steps'>) {
  const { t } = useTranslation();
  // What follows from them stands above, as the reason.
  const known = steps.filter(({ step }) => step !== 'decided');
  if (known.length === 0) return null;
  return (
    <ol style={{ margin: 0, paddingInlineStart: '1.2rem', fontSize: '0.8125rem' }}>
      {known.map(({ step, text }) => (
        <li key={step}>
          <strong>{t(`step.${step}`)}:</strong> {text}
        </li>
      ))}
    </ol>
  );
}

interface ButtonsProps {
  actions: readonly PersonAction[];
  onSearch: () => void;
  decide: (decision: Decision) => void;
  /** The decision that is on its way. */
  deciding: Decision | undefined;
}

function Buttons({ actions, onSearch, decide, deciding }: ButtonsProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      {actions.includes('link') && (
        <ActButton
          act="POST /api/sync-preview/{directoryUserId}/link"
          size="xs"
          variant="default"
          onClick={onSearch}
        >
          {t('decision.link')}
        </ActButton>
      )}
      {decisions
        .filter((decision) => actions.includes(decision))
        .map((decision) => (
          <ActButton
            act={`POST /api/sync-preview/{directoryUserId}/${decision}`}
            key={decision}
            size="xs"
            variant="default"
            loading={deciding === decision}
            onClick={() => decide(decision)}
          >
            {t(`decision.${decision}`)}
          </ActButton>
        ))}
    </Group>
  );
}

/** The members that the conflict names, where nothing more is known of them: each may be this person. */
function Candidates({ change, onLink }: { change: Change; onLink: (member: Candidate) => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      {candidatesOf(change.reason).map((member) => (
        <ActButton
          act="POST /api/sync-preview/{directoryUserId}/link"
          key={member.id}
          size="xs"
          onClick={() => onLink(member)}
        >
          {t('decision.samePerson', { name: member.name })}
        </ActButton>
      ))}
    </Group>
  );
}
