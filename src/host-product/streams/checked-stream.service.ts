import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Clock } from '../../database/clock.ts';
import { seconds } from '../../errors/duration.ts';
import { type StreamLimits, streamAnswer, streaming } from '../../http/answers/stream-answer.ts';
import { linesMediaType } from '../../http/bodies/body-rules.ts';
import type { Caller } from '../../http/request/caller.ts';
import { KeyCheckService } from '../../operator-access/key-check.service.ts';

/** How often a caller who is answered for a long time is looked at again. */
const lookEveryMs = seconds(1);

/** Takes text of the answer; settles when more may come. */
export type TextSink = (text: string) => Promise<void>;

/** Who is answered with a stream. */
export interface StreamReader {
  caller: Caller;
  response: Response;
}

/** Answers with JSON on lines for as long as the credentials of the caller are good. */
@Injectable()
export class CheckedStreams {
  constructor(
    private readonly keys: KeyCheckService,
    private readonly clock: Clock,
  ) {}

  /**
   * Does the work of a streamed answer; see `streaming`. A product key that is revoked meanwhile ends it within a second.
   *
   * @throws UnauthenticatedError, or what the work throws
   */
  async answer(
    { caller, response }: StreamReader,
    limits: StreamLimits,
    work: (sink: TextSink) => Promise<void>,
  ): Promise<void> {
    const write = streamAnswer(response, linesMediaType, limits);
    let lookedAtMs = performance.now();
    await streaming(response, () =>
      work(async (text) => {
        if (performance.now() - lookedAtMs >= lookEveryMs) {
          lookedAtMs = performance.now();
          await this.keys.requireStillGood(caller, this.clock.now());
        }
        await write(text);
      }),
    );
  }
}
