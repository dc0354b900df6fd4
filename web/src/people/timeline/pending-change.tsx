import { useQuery } from '@tanstack/react-query';
import { personOfMemberQuery } from '../../api/queries/directory.ts';
import { overviewQuery } from '../../api/queries/overview.ts';
import { explanationQuery, linksByAddressQuery } from '../../api/queries/preview.ts';
import type { Change, DirectoryUser, Member } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Section } from '../../parts/page/page.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { ChangeActions } from '../../sync/preview/change-actions.tsx';
import { HeldPerson } from '../../sync/held/held-person.tsx';
import { ChangeRow } from '../../sync/preview/change-row.tsx';
import { isProvisioned, nothingPendingWords } from '../members/member-words.ts';

/** What the next synchronization would do to this person, and why; or why there is nothing to do. */
export function PendingChange({ member }: { member: Member }) {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery).data;
  const isActive = overview?.state === 'active';
  // What is held waits for an admin also where nothing is synchronized any more.
  const isAsked = isActive || member.heldSince !== null;
  const found = useQuery({ ...personOfMemberQuery(member.id), enabled: isAsked });
  const person = found.data?.items[0];
  // Who comes from elsewhere may be taken over.
  const isOfNobody = found.data !== undefined && person === undefined && !isProvisioned(member);
  const mayBeTakenOver = isActive && isOfNobody && member.status !== 'removed';
  const links = useQuery({ ...linksByAddressQuery(member.email), enabled: mayBeTakenOver });
  const taker = links.data?.items.find(({ memberId }) => memberId === member.id);
  const pending = person !== undefined && isPending(person) ? person : taker;
  const explained = useQuery({
    ...explanationQuery(pending?.directoryUserId ?? ''),
    enabled: isActive && pending !== undefined,
  });
  const isLoading =
    found.data === undefined || (mayBeTakenOver && links.data === undefined) || explained.isLoading;
  if (overview === undefined || (isAsked && isLoading)) return null;
  const mayDecide = !isActive && overview.suspendedUntil === null;
  const change = isActive && pending ? explained.data : undefined;
  return (
    <Section
      flush={change !== undefined}
      title={t('member.pending')}
      intro={change ? undefined : inWords(nothingPendingWords(member, person, overview.state), t)}
    >
      {change && <Pending change={change} />}
      {mayDecide && person && <HeldPerson directoryUserId={person.directoryUserId} memberId={member.id} />}
    </Section>
  );
}

function Pending({ change }: { change: Change }) {
  return <ChangeRow change={change} details={() => <ChangeActions change={change} />} />;
}

/** Whether something is done to the person, or withheld. */
function isPending({ kind }: DirectoryUser): boolean {
  return kind !== 'nothing';
}
