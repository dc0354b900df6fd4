import { Param, type PipeTransform } from '@nestjs/common';
import { isUuid } from '../../database/uuid.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';

/**
 * A parameter that holds the id in the path. Every id is a UUID, so nothing has an id of another form.
 *
 * @param what completes "No … with this id", e.g. `member`
 * @param name the name of the path parameter
 * @throws NotFoundError for any text that is not a UUID
 */
export function Id(what: string, name = 'id'): ParameterDecorator {
  return Param(name, new UuidPipe(what));
}

class UuidPipe implements PipeTransform<string, string> {
  constructor(private readonly what: string) {}

  transform(id: string): string {
    if (!isUuid(id)) throw new NotFoundError(this.what);
    return id;
  }
}
