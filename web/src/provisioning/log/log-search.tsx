import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from '../../i18n.ts';
import { useSearch } from '../../parts/page/use-search.ts';

/** Finds requests by what stands in them, also refused ones, and by the person or group they are about. */
export function LogSearch() {
  const { t } = useTranslation();
  const { typed, type } = useSearch();
  return (
    <TextInput
      type="search"
      label={t('log.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
