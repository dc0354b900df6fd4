import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { Metrics } from '../metrics/metrics.ts';
import { listenForMetrics } from './metrics-port.ts';

describe('the port for metrics', () => {
  it('answers with the metrics without a token, and with nothing else', async () => {
    const server = await listenForMetrics(new Metrics(), 0, '127.0.0.1');
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const answer = await fetch(`${url}/metrics`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'text/plain; version=0.0.4; charset=utf-8',
      ]);
      expect(await answer.text()).toContain('process_cpu_seconds_total');
      const others = [
        await fetch(`${url}/operator/workspaces`),
        await fetch(`${url}/metrics`, { method: 'POST' }),
      ];
      expect(others.map(({ status }) => status)).toEqual([404, 404]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
