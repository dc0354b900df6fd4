import { DomainError } from './domain-errors.ts';

/**
 * The workspace has been moved to another installation, which alone answers for it now (RFC 9110 §15.5.20).
 *
 * @property movedTo the address of that installation; null where it is not known here
 */
export class MovedError extends DomainError {
  readonly status = 421;
  readonly title = 'Misdirected request';

  constructor(movedTo: string | null) {
    const where = movedTo === null ? 'to another installation' : `to ${movedTo}`;
    super(
      'workspace-moved',
      `This workspace has been moved ${where}. Nothing of it is answered or changed here any more: send your requests there.`,
      movedTo === null ? {} : { movedTo },
    );
  }
}
