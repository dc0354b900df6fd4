import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExtensionPoint } from '../extension-points/extension-point.ts';
import type { Reference } from '../http/endpoint/reference.ts';

/** What this room asks about workspaces. */
export interface KnownWorkspaces {
  /** The ids of workspaces that a caller named, in their order; null for what is none. */
  idsOf(references: readonly Reference[]): Promise<(string | null)[]>;
  /** Those of the workspaces that exist, kept from being erased until the transaction ends. */
  keep(manager: EntityManager, ids: readonly string[]): Promise<string[]>;
}

/** Where the room of the workspaces says which there are. */
@Injectable()
export class WorkspaceDirectory extends ExtensionPoint<KnownWorkspaces> implements KnownWorkspaces {
  idsOf(references: readonly Reference[]): Promise<(string | null)[]> {
    return this.known.idsOf(references);
  }

  keep(manager: EntityManager, ids: readonly string[]): Promise<string[]> {
    return this.known.keep(manager, ids);
  }

  private get known(): KnownWorkspaces {
    const [known] = this.entries;
    if (known === undefined) throw new Error('No room has said which workspaces there are');
    return known;
  }
}
