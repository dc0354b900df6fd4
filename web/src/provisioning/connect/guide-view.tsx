import { Anchor, Text, Title } from '@mantine/core';
import { IconCheck, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { sourcesQuery } from '../../api/queries/mapping.ts';
import type { Overview } from '../../api/shapes.ts';
import { Drawing } from '../../guides/drawing.tsx';
import type { Guide, Phase, Signal, Step } from '../../guides/guide.ts';
import { PortalText, textOf } from '../../guides/portal-text.tsx';
import { useTranslation } from '../../i18n.ts';
import { CopyField } from '../../parts/dialogs/copy-field.tsx';
import { Notice } from '../../parts/page/states.tsx';
import { externalIdVerdict } from '../settings/external-id.ts';
import { ConnectionHelp } from './connection-help.tsx';
import { donePhases } from './guide-done.ts';
import { guideRefreshMs } from './guide-refresh.ts';
import { ClientMaker } from './client-maker.tsx';
import { TokenMaker } from './token-maker.tsx';

interface GuideProps {
  guide: Guide;
  overview: Overview;
  /** What a token that is made here is called. */
  tokenName: string;
}

/** A guide, action by action; what the traffic shows is ticked by itself. */
export function GuideView({ guide, overview, tokenName }: GuideProps) {
  const sources = useQuery({ ...sourcesQuery, refetchInterval: guideRefreshMs });
  const externalIds = sources.data?.items.find(({ path }) => path === 'externalId')?.examples ?? [];
  const seen: Record<Signal, boolean> = {
    contact: overview.lastContact !== null && overview.lastContact.status !== 401,
    user: overview.directory.users > 0,
    externalId: externalIdVerdict(externalIds) === 'objectId',
    group: overview.directory.groups > 0,
  };
  const done = donePhases(guide.phases, seen);
  return (
    <>
      {guide.note && (
        <Text size="sm" maw="44rem">
          <PortalText words={guide.note} />
        </Text>
      )}
      <ol className="guide-phases">
        {guide.phases.map((phase, at) => (
          <PhaseView
            key={phase.title.en}
            {...{ phase, guide, overview, tokenName, externalIds }}
            number={at + 1}
            done={done[at] === true}
          />
        ))}
      </ol>
    </>
  );
}

interface PhaseProps extends GuideProps {
  phase: Phase;
  number: number;
  done: boolean;
  externalIds: readonly string[];
}

function PhaseView({ phase, number, done, guide, externalIds, ...rest }: PhaseProps) {
  const { t, language } = useTranslation();
  const verdict = phase.signal === 'externalId' ? externalIdVerdict(externalIds) : 'unknown';
  return (
    <li className="guide-step">
      <span className={`guide-number ${done ? 'done' : ''}`} aria-hidden>
        {done ? <IconCheck size={16} /> : number}
      </span>
      <div>
        <Title order={3}>
          {textOf(phase.title, language)}
          {done && <span className="visually-hidden-done"> · {t('connect.done')}</span>}
        </Title>
        {phase.leavesNoTrace && (
          <Text size="sm" c="dimmed">
            {t('connect.noTrace')}
          </Text>
        )}
        <ol className="guide-actions">
          {phase.steps.map((step) => (
            <StepView key={step.text.en} step={step} {...rest} />
          ))}
        </ol>
        {phase.drawing && <Drawing name={phase.drawing} form={guide.form} />}
        {verdict !== 'unknown' && (
          <div className="guide-verdict">
            <Notice
              tone={verdict === 'objectId' ? 'good' : 'warning'}
              title={t(`connect.externalId.${verdict}`)}
            >
              <code>{externalIds[0]}</code>
            </Notice>
          </div>
        )}
        {phase.failed && <ConnectionHelp hints={phase.failed} />}
      </div>
    </li>
  );
}

function StepView({ step, overview, tokenName }: { step: Step; overview: Overview; tokenName: string }) {
  const { t, language } = useTranslation();
  const { text, link, copy, token, client } = step;
  return (
    <li>
      <PortalText words={text} />
      {link !== undefined && (
        <>
          {' '}
          <Anchor href={link} target="_blank" rel="noreferrer" size="sm" underline="always">
            {t('guide.openPage', { host: new URL(link).host })}{' '}
            <IconExternalLink size={14} aria-hidden style={{ verticalAlign: '-2px' }} />
          </Anchor>
        </>
      )}
      {copy && (
        <div className="guide-value">
          <CopyField
            label={copy.label[language]}
            value={
              copy.value === 'tenantUrl'
                ? overview.tenantUrl
                : textOf({ en: copy.value, de: copy.value }, language)
            }
          />
        </div>
      )}
      {token && (
        <div className="guide-value">
          <TokenMaker name={tokenName} label={token.label[language]} form={token.form} />
        </div>
      )}
      {client && (
        <div className="guide-value">
          <ClientMaker name={tokenName} />
        </div>
      )}
    </li>
  );
}
