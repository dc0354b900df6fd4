import { Header } from '@nestjs/common';

/** The answer holds a secret: nobody on the way may keep it, and nobody may compress it (see `compressAnswers`). */
export function HoldsSecret(): MethodDecorator {
  return Header('Cache-Control', 'no-store, no-transform');
}
