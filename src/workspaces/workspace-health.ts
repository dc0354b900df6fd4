import { Injectable } from '@nestjs/common';
import type { Language } from '../errors/sentence.ts';
import { ExtensionPoint } from '../extension-points/extension-point.ts';
import type { WorkspaceHealthResponse } from './workspace-health.dto.ts';

/** Says how workspaces are, by id. */
export type HealthReader = (
  ids: readonly string[],
  language: Language,
) => Promise<ReadonlyMap<string, WorkspaceHealthResponse>>;

/** How workspaces are, which rooms on the right know. */
@Injectable()
export class WorkspaceHealth extends ExtensionPoint<HealthReader> {
  /** @returns by id; a workspace that was erased meanwhile is not there */
  async of(
    ids: readonly string[],
    language: Language,
  ): Promise<ReadonlyMap<string, WorkspaceHealthResponse>> {
    const [read] = this.entries;
    return read === undefined ? new Map() : read(ids, language);
  }
}
