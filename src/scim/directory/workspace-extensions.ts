import { Injectable } from '@nestjs/common';
import type { Schema } from '../../scim-core/schema.ts';
import { ExtensionPoint } from '../../extension-points/extension-point.ts';

/** Gives the schemas that a workspace uses beside the standard ones, extensions of User. */
export type ExtensionSource = (workspaceId: string) => Promise<readonly Schema[]>;

/** Where whoever knows of a workspace's own extensions says so, for discovery to show them. */
@Injectable()
export class WorkspaceExtensions extends ExtensionPoint<ExtensionSource> {
  /** The extensions of User that this workspace uses beside the standard ones. */
  async of(workspaceId: string): Promise<Schema[]> {
    return (await Promise.all(this.entries.map((source) => source(workspaceId)))).flat();
  }
}
