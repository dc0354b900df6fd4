/**
 * Something about the settings or the surroundings keeps the service from starting. Each fault is one clear line.
 *
 * @property mayPass whether it may do so by itself, e.g. a database that is not up yet: then it is worth to try again
 */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  readonly mayPass: boolean;

  constructor(faults: readonly string[], { mayPass = false } = {}) {
    super(faults.join('; '));
    this.name = 'ConfigError';
    this.faults = faults;
    this.mayPass = mayPass;
  }
}
