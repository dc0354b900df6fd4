/**
 * A place where rooms on the right tell a room on the left what it cannot import. Each extension point is a provider of
 * its own (a subclass), and takes registrations in constructors or `onModuleInit`, never when a file is imported:
 * so two applications in one process, as in tests, do not see each other's.
 *
 * @typeParam Entry what is registered: as a rule a function that is called later
 */
export abstract class ExtensionPoint<Entry> {
  private readonly registered: Entry[] = [];

  register(entry: Entry): void {
    this.registered.push(entry);
  }

  /** Everything registered so far, in that order. */
  protected get entries(): readonly Entry[] {
    return this.registered;
  }
}
