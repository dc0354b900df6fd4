import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExtensionPoint } from '../extension-points/extension-point.ts';

/** For good, or suspended: suspended provisioning may go on later as it was. */
export type Stop = 'ended' | 'suspended';

/** What a feature does when provisioning of a workspace stops; it runs in the transaction that stops it. */
export type StopListener = (manager: EntityManager, workspaceId: string, stop: Stop) => Promise<void>;

/**
 * What has to happen when provisioning of a workspace stops: when it is deactivated, no longer entitled or erased.
 * Features that build on workspaces (API tokens first of all) register here, because workspaces do not know them.
 */
@Injectable()
export class ProvisioningStops extends ExtensionPoint<StopListener> {
  async tell(manager: EntityManager, workspaceId: string, stop: Stop): Promise<void> {
    for (const listener of this.entries) await listener(manager, workspaceId, stop);
  }
}
