import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** What a feature does when provisioning of a workspace ends; it runs in the transaction that ends it. */
export type StopListener = (manager: EntityManager, workspaceId: string) => Promise<void>;

/**
 * Who must act when provisioning of a workspace stops, be it deactivated, no longer entitled or erased. Features
 * that build on workspaces (API tokens first of all) register here, since workspaces do not know them.
 */
@Injectable()
export class ProvisioningStops {
  private readonly listeners: StopListener[] = [];

  register(listener: StopListener): void {
    this.listeners.push(listener);
  }

  async tell(manager: EntityManager, workspaceId: string): Promise<void> {
    for (const listener of this.listeners) await listener(manager, workspaceId);
  }
}
