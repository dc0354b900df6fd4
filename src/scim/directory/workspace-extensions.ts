import { Injectable } from '@nestjs/common';
import type { Schema } from '../../scim-core/schema.ts';
import { ExtensionPoint } from '../../extension-points/extension-point.ts';

/** Names the extensions of User that a workspace uses besides the standard one. */
export type ExtensionSource = (workspaceId: string) => Promise<readonly Schema[]>;

/** Where rooms on the right register the extensions that a workspace uses, so that discovery shows them. */
@Injectable()
export class WorkspaceExtensions extends ExtensionPoint<ExtensionSource> {
  /** The extensions of User that this workspace uses besides the standard one. */
  async of(workspaceId: string): Promise<Schema[]> {
    return (await Promise.all(this.entries.map((source) => source(workspaceId)))).flat();
  }
}
