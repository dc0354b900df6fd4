/**
 * A worker of a team that does nothing but answer: with its process and, separated by a space, whether many requests come in
 * to it or to the others.
 */
import { createServer } from 'node:http';
import type { Request, Response } from 'express';
import { PrimaryLine, type SharedParts } from '../../src/application/processes/primary-line.ts';
import { doManyRequestsComeIn, noteRequest } from '../../src/http/pipeline/recent-requests.ts';

const line = new PrimaryLine();
await line.databaseUrl;
line.share({
  limits: {
    countTogether: () => undefined,
    takeUntold: () => [],
    addCounted: () => undefined,
    countedSoFar: () => [],
  },
  metrics: { answerTogether: () => undefined, list: () => Promise.resolve([]) },
  pulse: { isLost: () => false },
} as unknown as SharedParts);
createServer((request, response) => {
  noteRequest(request as Request, response as Response, () => undefined);
  response.end(`${process.pid} ${doManyRequestsComeIn()}`);
}).listen(0, '127.0.0.1');
void line.toldToStop.then(() => process.exit(0));
