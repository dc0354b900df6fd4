import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { InLane, ofThisTask } from '../../database/lanes/task.ts';
import type { Language } from '../../errors/sentence.ts';
import type { Place } from '../../http/paging/page.ts';
import { byteOrderMark, type CsvSeparator, toCsv } from '../../member-directory/fields/csv-cell.ts';
import { csvHead, csvLine } from './preview-csv.ts';
import { filterIn } from './preview-filter.ts';
import { firstBehind, placeAt } from './preview-index.ts';
import { PreviewLists } from './preview-lists.ts';
import { PreviewScenes } from './preview-scenes.ts';
import type { SyncPreviewQuery } from './sync-preview.dto.ts';
import { orderIn } from './preview-query.ts';

/**
 * How many changes are read at a time, so that a large preview is never whole in memory. Sorted, they stand in most steps of
 * the plan, which each part unpacks.
 */
const exportBatchSize = 5_000;

/** A part of the file, and where the next begins; null at the end. */
interface Part {
  lines: string[][];
  next: Place | null;
}

/** Writes the preview as a CSV file, for people to look through and to sign. */
@Injectable()
export class PreviewExportService {
  constructor(
    private readonly scenes: PreviewScenes,
    private readonly lists: PreviewLists,
  ) {}

  /**
   * The file as a stream of UTF-8 text (RFC 4180): a header row, then the changes that the list shows, in its order and in
   * the asker's language. What changes while it is read is in it as it is then.
   *
   * @param query the query of the list
   */
  @InLane('report')
  async export(
    workspaceId: string,
    query: Pick<SyncPreviewQuery, 'kind' | 'search' | 'groupId' | 'since' | 'sort' | 'order'>,
    language: Language,
    separator: CsvSeparator,
  ): Promise<Readable> {
    const read = ofThisTask((place: Place | null) => this.read(workspaceId, query, language, place));
    // Whatever is refused is refused before the first byte.
    return Readable.from(partsOf(await read(null), read, language, separator));
  }

  private read(
    workspaceId: string,
    query: Parameters<PreviewExportService['export']>[1],
    language: Language,
    place: Place | null,
  ): Promise<Part> {
    const order = orderIn(query);
    return this.scenes.inScene(workspaceId, async (scene) => {
      const { index } = await this.lists.listing(scene, filterIn(query), order);
      const start = firstBehind(index, place, order);
      const ids = index.ids.slice(start, start + exportBatchSize);
      const changes = await this.lists.changesOf(scene, ids);
      const end = start + ids.length;
      return {
        lines: changes.map((change) => csvLine(change, scene.policy.properties, language)),
        next: end < index.ids.length ? placeAt(index, end - 1) : null,
      };
    });
  }
}

async function* partsOf(
  first: Part,
  read: (place: Place) => Promise<Part>,
  language: Language,
  separator: CsvSeparator,
): AsyncGenerator<string> {
  yield `${byteOrderMark}${toCsv([csvHead(language)], separator)}`;
  for (let part = first; ; part = await read(part.next)) {
    yield toCsv(part.lines, separator);
    if (part.next === null) return;
  }
}
