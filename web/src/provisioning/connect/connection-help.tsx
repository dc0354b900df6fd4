import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lastRequestsQuery } from '../../api/queries/log.ts';
import { findingsQuery } from '../../api/queries/overview.ts';
import type { TokenAttempt } from '../../api/shapes.ts';
import type { Words } from '../../guides/guide.ts';
import { PortalText } from '../../guides/portal-text.tsx';
import { useTranslation } from '../../i18n.ts';
import { Ago } from '../../parts/text/time-text.tsx';
import { sentenceOf } from '../log/log-meaning.ts';
import { guideRefreshMs } from './guide-refresh.ts';

const requestsShown = 3;
const attemptsShown = 3;

/** The test failed: what of it arrived here, and what to look at. */
export function ConnectionHelp({ hints }: { hints: readonly Words[] }) {
  const { t, language } = useTranslation();
  const attempts = useQuery({ ...findingsQuery(language), refetchInterval: guideRefreshMs }).data?.attempts;
  const requests = useQuery({ ...lastRequestsQuery(requestsShown), refetchInterval: guideRefreshMs }).data
    ?.items;
  const isNothing = attempts?.length === 0 && requests?.length === 0;
  return (
    <details className="connection-help">
      <summary>{t('guide.failed')}</summary>
      <Stack gap="xs" mt="xs">
        <Text size="sm" fw={600}>
          {t('guide.failed.saw')}
        </Text>
        {isNothing && <Text size="sm">{t('guide.failed.nothing')}</Text>}
        <ul className="finding-steps">
          {attempts?.slice(0, attemptsShown).map((attempt) => (
            <li key={`${attempt.tokenId} ${attempt.problem}`}>
              <Ago at={attempt.lastAt} />: <Attempt attempt={attempt} />
            </li>
          ))}
          {requests?.map((request) => (
            <li key={request.id}>
              <Ago at={request.at} />:{' '}
              {t('guide.saw.answered', { sentence: sentenceOf(request, t), status: request.status })}
            </li>
          ))}
        </ul>
        <Text size="sm" fw={600}>
          {t('guide.failed.check')}
        </Text>
        <ul className="finding-steps">
          <li>{t('guide.failed.wholeToken')}</li>
          {hints.map((hint) => (
            <li key={hint.en}>
              <PortalText words={hint} />
            </li>
          ))}
        </ul>
      </Stack>
    </details>
  );
}

function Attempt({ attempt }: { attempt: TokenAttempt }) {
  const { t } = useTranslation();
  const { problem, tokenName, tokenPrefix, tokenLastFour, lengthChars, count } = attempt;
  return t(`guide.saw.${problem}`, {
    name: tokenName,
    prefix: tokenPrefix,
    lastFour: tokenLastFour,
    length: lengthChars,
    count,
  });
}
