import { beforeAll, describe, expect, it } from '@jest/globals';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';
import { expectScimAnswer } from './scim-expectations.ts';
import { fillIn, findMismatch, readPath, readTranscripts, type Step } from './transcript.ts';

const service = useService();

describe.each(readTranscripts())('%s', (_file, { client, steps }) => {
  const variables = new Map<string, string>();
  let token: string;

  beforeAll(async () => {
    ({ token } = await givenWorkspace(service, { name: client }));
  });

  it.each(steps.map((step): [string, Step] => [step.guarantee, step]))('%s', async (_guarantee, step) => {
    const { request, expect: expected } = fillIn(step, variables);
    const response = await send(token, request);
    expectScimAnswer(response, expected.status);
    for (const [name, text] of Object.entries(expected.headers ?? {})) {
      expect(response.headers[name]).toContain(text);
    }
    // Superagent reads an answer that says to be JSON and has no content as an empty text.
    expect(findMismatch(response.body === '' ? {} : response.body, expected.body ?? {})).toBeNull();
    for (const path of expected.absent ?? [])
      expect([path, readPath(response.body, path)]).toEqual([path, undefined]);
    for (const [name, path] of Object.entries(step.remember ?? {})) {
      variables.set(name, String(readPath(response.body, path)));
    }
  });
});

function send(token: string, { method, path, headers, body }: Step['request']) {
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  const request = service.http[verb](`/scim/v2${path}`).set('Authorization', `Bearer ${token}`);
  if (body !== undefined) void request.set('Content-Type', 'application/scim+json');
  void request.set(headers ?? {});
  return body === undefined ? request : request.send(JSON.stringify(body));
}
