import { Button, Group, Stack } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { Link } from '../../parts/page/link.tsx';
import { type Overview, type PendingKind, pendingKinds } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { HeldBadge, KindBadge } from '../../parts/page/badges.tsx';
import { formatNumber } from '../../parts/text/format.ts';
import { Section } from '../../parts/page/page.tsx';
import { ListSkeleton } from '../../parts/page/states.tsx';
import { useIsArriving } from '../../parts/page/use-arriving.ts';
import { inWords } from '../../parts/text/sentence.ts';
import { heldParts, placeOfKind } from '../../sync/preview/preview-words.ts';
import { ActivityChart } from './activity-chart.tsx';
import { NextSync } from '../settings/automatic-sync.tsx';
import { ContactCard, DirectoryCard, LeaversCard, MembersCard, RunsCard } from './overview-cards.tsx';
import { availableWords } from './overview-words.ts';
import { Troubles } from './troubles.tsx';

/** Loaded only where it is shown: few workspaces are sandboxes. */
const Sandbox = lazy(async () => ({ default: (await import('../connect/sandbox.tsx')).Sandbox }));

/** The connection, what arrived, what would change, what happened: refreshed by itself. */
export function LiveOverview({ overview }: { overview: Overview }) {
  return (
    <Stack>
      <Troubles overview={overview} />
      {overview.sandbox && (
        <Suspense fallback={<ListSkeleton />}>
          <Sandbox />
        </Suspense>
      )}
      <Available overview={overview} />
      <div className="figures">
        <ContactCard overview={overview} />
        <DirectoryCard overview={overview} />
        <MembersCard overview={overview} />
        <LeaversCard overview={overview} />
        <RunsCard overview={overview} />
      </div>
      <ActivityChart />
    </Stack>
  );
}

function Available({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const { pending } = overview;
  const words = availableWords(overview, useIsArriving());
  const kinds = words.hasNumbers ? pendingKinds.filter((kind) => pending[kind] > 0) : [];
  return (
    <Section
      title={inWords(words.title, t)}
      intro={inWords(words.text, t)}
      actions={
        <Button
          component={Link}
          to="/user-provisioning/synchronize"
          size="md"
          variant={words.isMain ? 'filled' : 'default'}
        >
          {t(words.action)}
        </Button>
      }
    >
      {kinds.length > 0 && (
        <Group gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {kinds.flatMap((kind) =>
            kind === 'held'
              ? heldParts(overview).map(({ waitsFor, count }) => (
                  <KindNumber
                    key={waitsFor}
                    kind={kind}
                    count={count}
                    badge={<HeldBadge waitsFor={waitsFor} />}
                  />
                ))
              : [
                  <KindNumber
                    key={kind}
                    kind={kind}
                    count={pending[kind]}
                    badge={<KindBadge kind={kind} />}
                  />,
                ],
          )}
        </Group>
      )}
      <NextSync overview={overview} />
    </Section>
  );
}

/** How many people there are of a kind, and the way to them. */
function KindNumber({ kind, count, badge }: { kind: PendingKind; count: number; badge: ReactNode }) {
  return (
    <li>
      <Link className="filter-chip nav-item" to={placeOfKind(kind)}>
        {badge}
        <strong>{formatNumber(count)}</strong>
      </Link>
    </li>
  );
}
