import { Group, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sourcesQuery } from '../../api/queries/mapping.ts';
import { overviewQuery } from '../../api/queries/overview.ts';
import type { Overview } from '../../api/shapes.ts';
import { Drawing } from '../../guides/drawing.tsx';
import { productName } from '../../page-facts.ts';
import {
  guides,
  type Provider,
  providerNames,
  providers,
  type Signal,
  type Step,
  type StepValue,
} from '../../guides/guide.ts';
import { guideTextsDe } from '../../guides/texts-de.ts';
import { guideTextsEn } from '../../guides/texts-en.ts';
import { currentLanguage, useTranslation } from '../../i18n.ts';
import { CopyField } from '../../parts/dialogs/copy-field.tsx';
import { Page, Section } from '../../parts/page/page.tsx';
import { ErrorNote, ListSkeleton, Notice } from '../../parts/page/states.tsx';
import { Ago, useNow } from '../../parts/text/time-text.tsx';
import { contactState } from '../overview/contact.ts';
import { externalIdVerdict } from '../settings/external-id.ts';

const refreshMs = 3_000;
const storageKey = 'user-provisioning.provider';

/** How to connect the identity provider, step by step; what the traffic shows is ticked by itself. */
export function ConnectPage() {
  const { t } = useTranslation();
  const overview = useQuery({ ...overviewQuery, refetchInterval: refreshMs });
  const [provider, setProvider] = useState<Provider>(remembered);
  const choose = (chosen: Provider) => {
    localStorage.setItem(storageKey, chosen);
    setProvider(chosen);
  };
  return (
    <Page title={t('connect.title')} intro={t('connect.intro')}>
      <ErrorNote error={overview.error} retry={() => void overview.refetch()} />
      {overview.data === undefined ? (
        <ListSkeleton />
      ) : (
        <>
          <ContactNotice overview={overview.data} />
          <Section title={t('connect.values')} intro={t('connect.valuesText')}>
            <CopyField label={t('connect.tenantUrl')} value={overview.data.tenantUrl} />
          </Section>
          <Section title={t('connect.guide')}>
            <div className="idp-choice" role="group" aria-label={t('connect.provider')}>
              {providers.map((each) => (
                <button
                  key={each}
                  type="button"
                  className="filter-chip"
                  aria-pressed={each === provider}
                  onClick={() => choose(each)}
                >
                  {each === 'other' ? t('connect.other') : providerNames[each]}
                </button>
              ))}
            </div>
            <Guide provider={provider} overview={overview.data} />
          </Section>
        </>
      )}
    </Page>
  );
}

function remembered(): Provider {
  const stored = localStorage.getItem(storageKey);
  return providers.find((provider) => provider === stored) ?? 'entra';
}

function ContactNotice({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const state = contactState(overview, useNow());
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
    <Notice tone={state === 'refused' ? 'bad' : 'good'} title={t(`contact.state.${state}`)}>
      {t('contact.lastContact')} <Ago at={overview.lastContact.at} />
    </Notice>
  );
}

function Guide({ provider, overview }: { provider: Provider; overview: Overview }) {
  const { t } = useTranslation();
  const sources = useQuery({ ...sourcesQuery, refetchInterval: refreshMs });
  const texts = currentLanguage() === 'de' ? guideTextsDe[provider] : guideTextsEn[provider];
  const steps = guides[provider];
  const externalIds = sources.data?.items.find(({ path }) => path === 'externalId')?.examples ?? [];
  const seen: Record<Signal, boolean> = {
    contact: overview.lastContact !== null && overview.lastContact.status !== 401,
    user: overview.directory.users > 0,
    externalId: externalIdVerdict(externalIds) === 'objectId',
    group: overview.directory.groups > 0,
  };
  const lastSeen = steps.findLastIndex(({ signal }) => signal !== undefined && seen[signal]);
  return (
    <ol style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {steps.map((step, at) => {
        // A step that shows no trace of itself is done when a later one is.
        const done = step.signal === undefined ? at < lastSeen : seen[step.signal];
        const [title = '', text = ''] = (texts[at] ?? []).map((words) =>
          words.replaceAll('{{product}}', productName),
        );
        return (
          <li key={title} className="guide-step">
            <span className={`guide-number ${done ? 'done' : ''}`} aria-hidden>
              {done ? <IconCheck size={16} /> : at + 1}
            </span>
            <div>
              <Title order={3}>
                {title}
                {done && <span className="visually-hidden-done"> · {t('connect.done')}</span>}
              </Title>
              <Text size="sm" c="dimmed" mt={4}>
                {text}
              </Text>
              {step.drawing && <Drawing name={step.drawing} provider={provider} />}
              <StepDetails step={step} overview={overview} externalIds={externalIds} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function StepDetails({
  step,
  overview,
  externalIds,
}: {
  step: Step;
  overview: Overview;
  externalIds: readonly string[];
}) {
  const { t } = useTranslation();
  const verdict = step.signal === 'externalId' ? externalIdVerdict(externalIds) : 'unknown';
  const valueOf: Record<StepValue, string> = {
    tenantUrl: overview.tenantUrl,
    externalIdMatch: 'objectId',
    groupMatch: 'objectId',
    uniqueIdentifier: 'userName',
  };
  return (
    <>
      {step.values?.map((value) => (
        <div key={value} style={{ marginTop: '0.75rem' }}>
          <CopyField label={t(`connect.value.${value}`)} value={valueOf[value]} />
        </div>
      ))}
      {verdict !== 'unknown' && (
        <div style={{ marginTop: '0.75rem' }}>
          <Notice
            tone={verdict === 'objectId' ? 'good' : 'warning'}
            title={t(`connect.externalId.${verdict}`)}
          >
            <code>{externalIds[0]}</code>
          </Notice>
        </div>
      )}
    </>
  );
}
