import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '../../parts/page/link.tsx';
import { carriedOutKinds, type PendingKind, type Run } from '../../api/shapes.ts';
import { type Translate, useTranslation } from '../../i18n.ts';
import { DoneBadge } from '../../parts/page/badges.tsx';
import { formatNumber } from '../../parts/text/format.ts';
import { doneKindText } from '../../parts/text/kind-words.ts';
import { countIn, kindsOf, waitingIn } from './run-words.ts';

const carriedOut: ReadonlySet<PendingKind> = new Set(carriedOutKinds);
const groupKinds = ['create', 'rename', 'members', 'delete'] as const;

/**
 * What a run did, by kind, each with its badge and a link to the people: to those of the run, or, of who is withheld, to
 * those who are so now.
 */
export function RunCounts({ run }: { run: Run }) {
  const { t } = useTranslation();
  const kinds = kindsOf(run);
  const waiting = waitingWords(run, t);
  const groups = groupWords(run, t);
  if (kinds.length + waiting.length + groups.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {t('run.nothing')}
      </Text>
    );
  }
  return (
    <>
      {kinds.map((kind) => (
        <Group key={kind} gap={6} wrap="nowrap" component="span">
          <DoneBadge kind={kind} />
          <Anchor
            component={Link}
            to={peopleOf(run, kind)}
            size="sm"
            className="count-link"
            aria-label={t('runs.showKind', {
              kind: `${t(doneKindText(kind))}, ${formatNumber(countIn(run, kind))}`,
            })}
          >
            {formatNumber(countIn(run, kind))}
          </Anchor>
        </Group>
      ))}
      {waiting.length > 0 && (
        <Anchor
          component={Link}
          to="/user-provisioning/synchronize?kind=held"
          size="sm"
          className="count-link"
        >
          {waiting.join(', ')}
        </Anchor>
      )}
      {groups.length > 0 && (
        <Anchor
          component={Link}
          to={`/user-provisioning/runs/${run.id}#groups`}
          size="sm"
          className="count-link"
        >
          {groups.join(', ')}
        </Anchor>
      )}
    </>
  );
}

function peopleOf({ id }: Run, kind: PendingKind): string {
  return carriedOut.has(kind)
    ? `/user-provisioning/runs/${id}?kind=${kind}`
    : `/user-provisioning/synchronize?kind=${kind}`;
}

/** What a run did to groups: “2 groups created”. */
function groupWords({ groups }: Run, t: Translate): string[] {
  return groupKinds
    .filter((kind) => groups[kind] > 0)
    .map((kind) => t(`run.groups.${kind}`, { count: groups[kind] }));
}

/** Who waits, beside the deactivations that are held: “12 waiting for a seat”. */
function waitingWords(run: Run, t: Translate): string[] {
  return Object.entries(waitingIn(run)).flatMap(([waitsFor, count]) => {
    return count > 0 ? [t(`run.waiting.${waitsFor as 'seat' | 'role'}`, { count })] : [];
  });
}

const noBreak = '\u00a0';

/** What a run did, as one sentence: “7 created, 35 updated, 2 groups created”; a number stays with its word. */
export function RunWords({ run }: { run: Run }) {
  const { t } = useTranslation();
  const kinds = kindsOf(run);
  const did = [
    ...kinds.map((kind) => t(`run.did.${kind}`, { count: countIn(run, kind) })),
    ...waitingWords(run, t),
    ...groupWords(run, t),
  ];
  if (did.length === 0) return <>{t('run.nothing')}</>;
  return <>{did.map((words) => words.replaceAll(' ', noBreak)).join(', ')}</>;
}
