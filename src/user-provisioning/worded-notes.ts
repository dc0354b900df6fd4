import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '../errors/sentence.ts';
import {
  isNoteCode,
  type NoteCode,
  noteCodes,
  noteText,
  type ReadingNote,
} from '../scim-core/reading-note.ts';

/** What of a request was not read as it came, in words. */
export class ReadingNoteResponse implements ReadingNote {
  @ApiProperty({ description: 'The attribute, as SCIM calls it.', example: 'addresses.postalCode' })
  path!: string;

  @ApiProperty({ enum: noteCodes })
  code!: NoteCode;

  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
  })
  params!: Record<string, string | number | boolean>;

  @ApiProperty({ description: 'In the language of Accept-Language: English or German.' })
  text!: string;
}

/** The notes of a request or of an entry that tells of one. */
export function NotesProperty(): PropertyDecorator {
  return ApiProperty({
    type: [ReadingNoteResponse],
    description:
      'What was left out because it could not be read, and what was decided because nothing was said.',
  });
}

/** Notes with their sentences. Those whose code is of another version of the service are left out. */
export function wordedNotes(notes: readonly ReadingNote[], language: Language): ReadingNoteResponse[] {
  return notes
    .filter(({ code }) => isNoteCode(code))
    .map((note) => ({ ...note, params: { ...note.params }, text: noteText(note, language) }));
}
