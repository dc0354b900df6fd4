import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { directoryResourceQuery } from '../../api/queries/log.ts';
import { memberQuery } from '../../api/queries/members.ts';
import { clientsQuery } from '../../api/queries/clients.ts';
import { tokensQuery } from '../../api/queries/overview.ts';
import { minutesMs } from '../../duration.ts';
import { useTranslation } from '../../i18n.ts';
import { memberName } from '../../parts/text/member-name.ts';
import { kinds, type LogAddress, outcomes, periods } from './log-address.ts';
import { ResourceSearch } from './resource-search.tsx';
import { tokenLabel } from '../tokens/token-label.ts';

/** Earlier years are years that are still being typed. */
const earliestYear = 2000;

interface LogFiltersProps {
  narrowed: LogAddress;
  isNarrowed: boolean;
  narrow: (change: Partial<LogAddress>, isStep?: boolean) => void;
  widen: () => void;
}

/** Which person, period, result and token the listed requests concern. */
export function LogFilters({ narrowed, isNarrowed, narrow, widen }: LogFiltersProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="log-filters">
        <ResourceSearch onFound={(resource) => narrow({ resource, member: '' })} />
        <NativeSelect
          label={t('log.period')}
          value={narrowed.period}
          onChange={({ currentTarget: { value } }) =>
            narrow({ period: periods.find((each) => each === value) ?? '', from: '', to: '' })
          }
          data={periods.map((each) => ({ value: each, label: t(`log.period.${each || 'any'}`) }))}
        />
        <TokenFilter chosen={narrowed.token} choose={(token) => narrow({ token })} />
        {narrowed.period === 'own' && <OwnPeriod narrowed={narrowed} narrow={narrow} />}
      </div>
      <Group gap="lg">
        <FilterChips
          label={t('log.filterKind')}
          shown={t('log.type')}
          values={kinds}
          chosen={narrowed.kind}
          nameOf={(each) => t(each === '' ? 'log.kind.all' : `log.kind.${each}`)}
          choose={(kind) => narrow({ kind })}
        />
        <FilterChips
          label={t('log.filter')}
          shown={t('log.result')}
          values={outcomes}
          chosen={narrowed.outcome}
          nameOf={(each) => t(each === '' ? 'filter.all' : `log.outcome.${each}`)}
          choose={(outcome) => narrow({ outcome })}
        />
        {isNarrowed && (
          <Group gap="xs">
            {narrowed.resource && (
              <ResourceChip id={narrowed.resource} onClear={() => narrow({ resource: '' })} />
            )}
            {narrowed.member && <MemberChip id={narrowed.member} onClear={() => narrow({ member: '' })} />}
            <Button variant="subtle" size="xs" onClick={widen}>
              {t('log.clearFilters')}
            </Button>
          </Group>
        )}
      </Group>
    </>
  );
}

/** API tokens and OAuth clients, also those that nobody uses any more; where there is but one, there is nothing to choose. */
function TokenFilter({ chosen, choose }: { chosen: string; choose: (token: string) => void }) {
  const { t } = useTranslation();
  const tokens = useQuery(tokensQuery).data?.items ?? [];
  const clients = useQuery(clientsQuery).data?.items ?? [];
  if (tokens.length + clients.length < 2 && chosen === '') return null;
  const known = [
    ...tokens.map((token) => ({ value: token.id, label: tokenLabel(token, t) })),
    ...clients.map(({ id, name }) => ({ value: id, label: t('log.token.client', { name }) })),
  ];
  const unknown = chosen !== '' && !known.some(({ value }) => value === chosen);
  const data = [
    { value: '', label: t('log.token.any') },
    ...known,
    ...(unknown ? [{ value: chosen, label: chosen.slice(0, 8) }] : []),
  ];
  return (
    <NativeSelect
      label={t('log.token')}
      value={chosen}
      onChange={({ currentTarget: { value } }) => choose(value)}
      data={data}
    />
  );
}

/** From and to, in the viewer's time zone. */
function OwnPeriod({ narrowed: { from, to }, narrow }: Pick<LogFiltersProps, 'narrowed' | 'narrow'>) {
  const { t } = useTranslation();
  const endsEarly = from !== '' && to !== '' && to <= from;
  return (
    <>
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          type="datetime-local"
          label={t(`log.${name}`)}
          error={name === 'to' && endsEarly ? t('log.endsEarly') : undefined}
          // Not controlled: what is half typed has no value yet.
          defaultValue={localTime(name === 'from' ? from : to)}
          onChange={({ currentTarget: { value } }) => {
            const at = value === '' ? null : new Date(value);
            if (at === null || at.getFullYear() >= earliestYear)
              narrow({ [name]: at?.toISOString() ?? '' }, false);
          }}
        />
      ))}
    </>
  );
}

/** A moment as an input of the browser takes it: local, to the minute. */
function localTime(iso: string): string {
  if (iso === '') return '';
  const at = new Date(iso);
  return new Date(at.getTime() - minutesMs(at.getTimezoneOffset())).toISOString().slice(0, 16);
}

function ResourceChip({ id, onClear }: { id: string; onClear: () => void }) {
  const resource = useQuery(directoryResourceQuery(id));
  const name = resource.data?.name ?? (resource.isError ? id.slice(0, 8) : '…');
  return <AboutChip name={name} onClear={onClear} />;
}

function MemberChip({ id, onClear }: { id: string; onClear: () => void }) {
  const member = useQuery(memberQuery(id));
  const name = member.data ? memberName(member.data) : member.isError ? id.slice(0, 8) : '…';
  return <AboutChip name={name} onClear={onClear} />;
}

/** Says whose requests are shown; pressed, all are shown again. */
function AboutChip({ name, onClear }: { name: string; onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      size="xs"
      variant="light"
      rightSection={<IconX size={14} aria-hidden />}
      aria-label={t('log.clearAbout', { name })}
      onClick={onClear}
    >
      {t('log.about', { name })}
    </Button>
  );
}

interface FilterChipsProps<Value extends string> {
  label: string;
  /** The same in a word, before the chips. */
  shown: string;
  values: readonly Value[];
  chosen: string;
  nameOf: (value: Value) => string;
  choose: (value: Value) => void;
}

/** Choices of which one holds. */
function FilterChips<Value extends string>({
  label,
  shown,
  values,
  chosen,
  nameOf,
  choose,
}: FilterChipsProps<Value>) {
  return (
    <Group gap="xs" role="group" aria-label={label}>
      <Text span size="xs" c="dimmed" aria-hidden>
        {shown}
      </Text>
      {values.map((each) => (
        <button
          key={each}
          type="button"
          className="filter-chip"
          aria-pressed={each === chosen}
          onClick={() => choose(each)}
        >
          {nameOf(each)}
        </button>
      ))}
    </Group>
  );
}
