import { Injectable } from '@nestjs/common';
import type { Schema } from '../../scim-core/schema.ts';

/** Gives the schemas that a workspace uses beside the standard ones, extensions of User. */
export type ExtensionSource = (workspaceId: string) => Promise<readonly Schema[]>;

/** Where whoever knows of a workspace's own extensions says so, for discovery to show them. */
@Injectable()
export class WorkspaceExtensions {
  private readonly sources: ExtensionSource[] = [];

  register(source: ExtensionSource): void {
    this.sources.push(source);
  }

  /** The extensions of User that this workspace uses beside the standard ones. */
  async of(workspaceId: string): Promise<Schema[]> {
    return (await Promise.all(this.sources.map((source) => source(workspaceId)))).flat();
  }
}
