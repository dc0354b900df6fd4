import { Stack, Text } from '@mantine/core';
import type { ReadingNote } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';

/** What of a request was not read as it came, in the service's words. */
export function ReadingNotes({ notes }: { notes: readonly ReadingNote[] }) {
  const { t } = useTranslation();
  if (notes.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t('log.notes')}
      </Text>
      <NoteList notes={notes} />
    </Stack>
  );
}

/** The sentences alone. */
export function NoteList({ notes }: { notes: readonly ReadingNote[] }) {
  return (
    <ul className="reading-notes">
      {notes.map(({ path, code, text }, at) => (
        <li key={`${path}-${code}-${at}`}>{text}</li>
      ))}
    </ul>
  );
}
