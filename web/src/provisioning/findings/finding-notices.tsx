import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from '../../parts/page/link.tsx';
import { findingsQuery, overviewQuery } from '../../api/queries/overview.ts';
import type { Finding } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Notice } from '../../parts/page/states.tsx';
import { useSimulation } from '../../parts/page/use-arriving.ts';
import { inWords } from '../../parts/text/sentence.ts';
import { Ago } from '../../parts/text/time-text.tsx';
import { isTold, stepsWords, titleWords } from './finding-words.ts';
import { logPath } from '../log/log-address.ts';

/** More than these stand behind a button: the most urgent come first. */
const shownAtFirst = 3;
const tones = { error: 'bad', warning: 'warning', info: 'info' } as const;

/** What is wrong at the identity provider, each thing with the clicks that fix it. Nothing while all is well. */
export function FindingNotices({ refreshMs }: { refreshMs?: number }) {
  const { t, language } = useTranslation();
  const findings = useQuery({
    ...findingsQuery(language),
    ...(refreshMs !== undefined && { refetchInterval: refreshMs }),
  });
  const [all, setAll] = useState(false);
  const overview = useQuery(overviewQuery).data;
  const simulation = useSimulation();
  if (overview === undefined) return null;
  const items = (findings.data?.items ?? []).filter((finding) => isTold(finding, overview, simulation));
  if (items.length === 0) return null;
  const shown = all ? items : items.slice(0, shownAtFirst);
  return (
    <Stack component="section" aria-label={t('findings.title')} gap="sm">
      {shown.map((finding) => (
        <FindingNotice key={finding.code} finding={finding} />
      ))}
      {shown.length < items.length && (
        <Button variant="default" size="xs" style={{ alignSelf: 'flex-start' }} onClick={() => setAll(true)}>
          {t('findings.more', { count: items.length - shown.length })}
        </Button>
      )}
    </Stack>
  );
}

function FindingNotice({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const title = useTitle(finding);
  const { severity, text, since, fix, log } = finding;
  const [open, setOpen] = useState(false);
  const steps = useId();
  const offered = stepsWords(finding);
  return (
    <Notice
      tone={tones[severity]}
      title={title}
      actions={
        (offered !== null || log !== null) && (
          <>
            {offered !== null && (
              <Button
                size="xs"
                variant="default"
                className="finding-button"
                aria-expanded={open}
                aria-controls={steps}
                onClick={() => setOpen(!open)}
              >
                {inWords(offered, t)}
                <span className="for-screen-readers">: {title}</span>
              </Button>
            )}
            {log !== null && (
              <Button
                component={Link}
                to={logPathOf(log)}
                size="xs"
                variant="default"
                className="finding-button"
              >
                {t('findings.requests')}
                <span className="for-screen-readers">: {title}</span>
              </Button>
            )}
          </>
        )
      }
      more={
        <div id={steps} hidden={!open}>
          <ol className="finding-steps">
            {fix.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
      }
    >
      <div className="finding-text">{text}</div>
      <Since at={since} />
    </Notice>
  );
}

function Since({ at }: { at: string | null }) {
  const { t } = useTranslation();
  if (at === null) return null;
  return (
    <div className="finding-since">
      {t('findings.since')}: <Ago at={at} />
    </div>
  );
}

function useTitle(finding: Finding): string {
  const { t } = useTranslation();
  const counted = titleWords(finding, useQuery(overviewQuery).data);
  return counted === null ? finding.title : inWords(counted, t);
}

function logPathOf({ outcome, kind, resourceId, tokenId }: NonNullable<Finding['log']>): string {
  return logPath({
    ...(outcome !== null && { outcome }),
    ...(kind !== null && { kind }),
    ...(resourceId !== null && { resource: resourceId }),
    ...(tokenId !== null && { token: tokenId }),
  });
}
