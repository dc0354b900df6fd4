import type { Person } from './company.ts';
import { ProvisioningFailure, type Cycle } from './cycle.ts';
import { differences, fieldOf, managerPath, readManager, type JsonObject } from './entra-mapping.ts';
import { attributePatch, createUserBody, removeManagerPatch } from './entra-messages.ts';

/** What Entra does with one person in a cycle. */
export class UserProvisioning {
  private readonly cycle: Cycle;
  /** objectId → id of the manager that the service already has, as seen in this cycle. */
  private readonly managersSeen = new Map<string, string>();

  constructor(cycle: Cycle) {
    this.cycle = cycle;
  }

  /** Match by externalId, else create. Who is not active in Entra is not created. */
  async provision(person: Person): Promise<void> {
    const found = await this.cycle.match('/Users', person.objectId);
    if (found !== null) {
      this.cycle.report.users.matched += 1;
      await this.align(person, found);
    } else if (!person.accountEnabled) {
      this.cycle.report.users.skipped += 1;
    } else {
      await this.cycle.create('/Users', person.objectId, createUserBody(person, this.cycle.dialect));
      this.cycle.report.users.created += 1;
    }
  }

  /** An incremental cycle reads by the remembered id and sends what differs; who is gone is matched or created again. */
  async update(person: Person): Promise<void> {
    const id = await this.cycle.idOf('/Users', person.objectId);
    if (id === null) return this.provision(person);
    const answer = await this.cycle.request({ method: 'GET', path: `/Users/${id}` }, [200, 404]);
    if (answer.status === 404) {
      this.cycle.ids.delete(person.objectId);
      return this.provision(person);
    }
    if (typeof answer.body !== 'object' || answer.body === null) {
      throw new ProvisioningFailure(answer, 'The answer is no resource.');
    }
    await this.align(person, answer.body as JsonObject);
  }

  private async align(person: Person, resource: JsonObject): Promise<void> {
    const manager = readManager(resource);
    if (manager !== undefined) this.managersSeen.set(person.objectId, manager);
    const changes = differences(person, resource);
    const id = this.cycle.ids.get(person.objectId);
    if (changes.length === 0 || id === undefined) return;
    await this.cycle.patch(`/Users/${id}`, attributePatch(changes, this.cycle.dialect));
    const active = changes.find((change) => change.path === 'active')?.value;
    if (active === undefined) this.cycle.report.users.updated += 1;
    else if (active === true) this.cycle.report.users.restored += 1;
    else this.cycle.report.users.disabled += 1;
  }

  /** Deleted for good in Entra. */
  async purge(person: Person): Promise<void> {
    if (await this.cycle.remove('/Users', person.objectId)) this.cycle.report.users.deleted += 1;
    else this.cycle.report.users.skipped += 1;
  }

  /**
   * Sets or takes away the manager, in the second pass. A manager outside the service is skipped.
   * @param probe ask first whether it is so already (incremental cycles)
   */
  async setManager(person: Person, probe: boolean): Promise<void> {
    const id = await this.cycle.idOf('/Users', person.objectId);
    if (id === null) return;
    const known = this.managersSeen.get(person.objectId);
    if (person.managerId === null) {
      if (known !== undefined) await this.cycle.patch(`/Users/${id}`, removeManagerPatch(this.cycle.dialect));
      return;
    }
    const manager = await this.cycle.idOf('/Users', person.managerId);
    if (manager === null || manager === known || (probe && (await this.hasManager(id, manager)))) return;
    const change = {
      verb: known === undefined ? 'add' : 'replace',
      path: managerPath,
      value: manager,
    } as const;
    await this.cycle.patch(`/Users/${id}`, attributePatch([change], this.cycle.dialect));
    this.cycle.report.users.managersSet += 1;
  }

  /** Entra's reference check. */
  private async hasManager(id: string, manager: string): Promise<boolean> {
    const filter = `id eq "${id}" and manager eq "${manager}"`;
    const found = await this.cycle.find('/Users', { filter, attributes: 'id' });
    return found.some((resource) => fieldOf(resource, 'id') === id);
  }
}
