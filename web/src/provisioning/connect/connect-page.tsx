import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { findingsQuery, overviewQuery } from '../../api/queries/overview.ts';
import type { Overview } from '../../api/shapes.ts';
import { type Provider, providerNames, providers } from '../../guides/guide.ts';
import { guides } from '../../guides/guides.ts';
import { useTranslation } from '../../i18n.ts';
import { Page, Section } from '../../parts/page/page.tsx';
import { ErrorNote, ListSkeleton, Notice } from '../../parts/page/states.tsx';
import { Ago } from '../../parts/text/time-text.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { useTokenTroubles } from '../tokens/use-token-troubles.ts';
import { FindingNotices } from '../findings/finding-notices.tsx';
import { contactState } from '../overview/contact.ts';
import { guideRefreshMs } from './guide-refresh.ts';
import { keep, kept } from '../../kept.ts';
import { GuideView } from './guide-view.tsx';

const storageKey = 'user-provisioning.provider';

/** How to connect the identity provider, step by step; what the traffic shows is ticked by itself. */
export function ConnectPage() {
  const { t, language } = useTranslation();
  const overview = useQuery({ ...overviewQuery, refetchInterval: guideRefreshMs });
  const recognized = useQuery(findingsQuery(language)).data?.provider ?? null;
  const [chosen, setChosen] = useState<Provider | null>(remembered);
  const provider = chosen ?? recognized ?? 'entra';
  const choose = (wanted: Provider) => {
    keep(storageKey, wanted);
    setChosen(wanted);
  };
  return (
    <Page title={t('connect.title')} intro={t('connect.intro')}>
      <ErrorNote error={overview.error} retry={() => void overview.refetch()} />
      {overview.data === undefined ? (
        <ListSkeleton />
      ) : (
        <>
          <ContactNotice overview={overview.data} />
          <FindingNotices refreshMs={guideRefreshMs} />
          <Section title={t('connect.guide')}>
            <Choice
              label={t('connect.provider')}
              options={providers}
              nameOf={(each) => (each === 'other' ? t('connect.other') : providerNames[each])}
              chosen={provider}
              onChoose={choose}
            />
            <Ways key={provider} provider={provider} overview={overview.data} />
          </Section>
        </>
      )}
    </Page>
  );
}

/** The guide; where there are several ways to connect, the one that is chosen. */
function Ways({ provider, overview }: { provider: Provider; overview: Overview }) {
  const { t, language } = useTranslation();
  const ways = guides[provider];
  const [at, setAt] = useState(0);
  const guide = ways[at];
  if (guide === undefined) return null;
  const tokenName = provider === 'other' ? t('connect.provider') : providerNames[provider];
  return (
    <>
      {ways.length > 1 && (
        <Choice
          label={t('guide.ways')}
          options={ways.map((_, place) => place)}
          nameOf={(place) => ways[place]?.name?.[language] ?? ''}
          chosen={at}
          onChoose={setAt}
        />
      )}
      <GuideView key={at} {...{ guide, overview, tokenName }} />
    </>
  );
}

interface ChoiceProps<Option> {
  label: string;
  options: readonly Option[];
  nameOf: (option: Option) => string;
  chosen: Option;
  onChoose: (option: Option) => void;
}

function Choice<Option extends string | number>({
  label,
  options,
  nameOf,
  chosen,
  onChoose,
}: ChoiceProps<Option>) {
  return (
    <div className="idp-choice" role="group" aria-label={label}>
      {options.map((each) => (
        <button
          key={each}
          type="button"
          className="filter-chip"
          aria-pressed={each === chosen}
          onClick={() => onChoose(each)}
        >
          {nameOf(each)}
        </button>
      ))}
    </div>
  );
}

function remembered(): Provider | null {
  const stored = kept(storageKey);
  return providers.find((provider) => provider === stored) ?? null;
}

function ContactNotice({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const [cutOff] = useTokenTroubles(overview).filter(({ tone }) => tone === 'bad');
  const state = contactState(overview, cutOff !== undefined);
  if (overview.lastContact === null) {
    return (
      <Notice tone="info" title={t('contact.waitingTitle')}>
        <Group gap="xs" wrap="nowrap" align="baseline">
          <span className="dot waiting" aria-hidden />
          {t('contact.waitingText')}
        </Group>
      </Notice>
    );
  }
  return (
    <Notice tone={state === 'good' ? 'good' : 'bad'} title={t(`contact.state.${state}`)}>
      {cutOff && <div>{inWords(cutOff.text, t)}</div>}
      {t('contact.lastContact')} <Ago at={overview.lastContact.at} />
    </Notice>
  );
}
