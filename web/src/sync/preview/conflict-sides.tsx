import { Anchor, Group, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { ConflictSide } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Link } from '../../parts/page/link.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { Moment } from '../../parts/text/time-text.tsx';
import type { Candidate } from './preview-words.ts';
import { differingFacts, type SideFact, sideFacts } from './side-facts.ts';
import { useDecide } from './use-decide.ts';
import './conflict-sides.css';

interface ConflictSidesProps {
  /** The person first. */
  sides: readonly ConflictSide[];
  /** Asks before it says that the person is this member. */
  onLink: (member: Candidate) => void;
}

/** The people in a conflict beside each other, with what is different between them, and what can be done about each. */
export function ConflictSides({ sides, onLink }: ConflictSidesProps) {
  const { t } = useTranslation();
  const differing = differingFacts(sides);
  return (
    <div>
      <Text size="sm" mb={6}>
        {t('sides.intro')}
      </Text>
      <div className="sides">
        {sides.map((side, at) => (
          <Side
            key={side.directoryUserId ?? side.memberId}
            side={side}
            isPerson={at === 0}
            differing={differing}
            onLink={onLink}
          />
        ))}
      </div>
    </div>
  );
}

interface SideProps {
  side: ConflictSide;
  isPerson: boolean;
  differing: ReadonlySet<SideFact>;
  onLink: (member: Candidate) => void;
}

function Side({ side, isPerson, differing, onLink }: SideProps) {
  const { t } = useTranslation();
  const title = useId();
  return (
    <div className="side" role="group" aria-labelledby={title}>
      <p id={title} className="side-title">
        <Text span size="xs" c="dimmed">
          {t(isPerson ? 'sides.person' : side.account === 'active' ? 'sides.other' : 'sides.member')}
        </Text>
        <strong>{side.name}</strong>
      </p>
      <dl>
        {sideFacts.map((fact) => (
          <Fact key={fact} name={t(`sides.${fact}`)} differs={differing.has(fact)}>
            <FactValue side={side} fact={fact} />
          </Fact>
        ))}
      </dl>
      <SideLinks side={side} />
      <SideActs side={side} onLink={onLink} />
    </div>
  );
}

function Fact({ name, differs, children }: { name: string; differs: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {differs ? <mark>{children}</mark> : children}
        {differs && <span className="for-screen-readers">, {t('sides.differs')}</span>}
      </dd>
    </div>
  );
}

function FactValue({ side, fact }: { side: ConflictSide; fact: SideFact }) {
  const { t } = useTranslation();
  switch (fact) {
    case 'account':
      return <>{t(`sides.account.${side.account}`)}</>;
    case 'memberStatus':
      return (
        <>
          {side.memberStatus === 'none' ? t('sides.noMember') : t(`member.status.${side.memberStatus}`)}
          {side.source !== null && ` · ${t(`member.source.${side.source}`)}`}
        </>
      );
    case 'accountChangedAt':
    case 'memberChangedAt': {
      const at = side[fact];
      return at === null ? <>–</> : <Moment at={at} />;
    }
    default:
      return <>{side[fact] ?? '–'}</>;
  }
}

/** The ways to the page of the member, or to the person among those of the directory, and to what was said about them. */
function SideLinks({ side: { directoryUserId, memberId, name } }: { side: ConflictSide }) {
  const { t } = useTranslation();
  return (
    <Group gap="md">
      {memberId !== null ? (
        <SideLink to={`/members/${memberId}`} words={t('directory.openMember')} name={name} />
      ) : (
        <SideLink
          to={`/user-provisioning/directory?search=${directoryUserId}`}
          words={t('sides.openPerson')}
          name={name}
        />
      )}
      {directoryUserId !== null && (
        <SideLink
          to={`/user-provisioning/log?resource=${directoryUserId}`}
          words={t('log.ofMember')}
          name={name}
        />
      )}
    </Group>
  );
}

function SideLink({ to, words, name }: { to: string; words: string; name: string }) {
  return (
    <Anchor component={Link} to={to} size="sm" aria-label={`${words}: ${name}`}>
      {words}
    </Anchor>
  );
}

function SideActs({ side, onLink }: Pick<SideProps, 'side' | 'onLink'>) {
  const { t } = useTranslation();
  const { directoryUserId, memberId, name, offers } = side;
  const decide = useDecide({ directoryUserId: directoryUserId ?? '', name });
  return (
    <div className="side-acts">
      <ErrorNote error={decide.error} />
      <Group gap="xs">
        {offers.includes('link') && memberId !== null && (
          <ActButton
            act="POST /api/sync-preview/{directoryUserId}/link"
            size="xs"
            onClick={() => onLink({ id: memberId, name })}
          >
            {t('decision.samePerson', { name })}
          </ActButton>
        )}
        {offers.includes('exclude') && directoryUserId !== null && (
          <ActButton
            act="POST /api/sync-preview/{directoryUserId}/exclude"
            size="xs"
            variant="default"
            aria-label={`${t('sides.exclude')}: ${name}`}
            loading={decide.isPending}
            onClick={() => decide.mutate('exclude')}
          >
            {t('sides.exclude')}
          </ActButton>
        )}
      </Group>
    </div>
  );
}
