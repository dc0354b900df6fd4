import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it arrived at a collector. */
export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  /** Empty: it is the first of its trace. */
  parentId: string;
  name: string;
  /** 1: internal, 2: server, 3: client, 5: consumer. */
  kind: number;
  attributes: Record<string, string | number | boolean>;
  isError: boolean;
}

type Fields = Map<number, (Buffer | bigint)[]>;

const none: Fields = new Map();

/** Takes spans as a collector of OpenTelemetry does: OTLP over HTTP, in the binary form of Protocol Buffers. */
export class OtlpReceiver {
  url = '';
  readonly spans: ReceivedSpan[] = [];
  /** Everything that came, as it came. */
  readonly bodies: Buffer[] = [];
  /** What it answers; null: it stays silent. */
  answering: ((response: ServerResponse) => void) | null = (response) => response.writeHead(200).end();
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      this.bodies.push(body);
      if (request.url === '/v1/traces') this.spans.push(...spansIn(body));
      this.answering?.(response);
    });
  });

  async listen(): Promise<void> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

/** By the numbers of opentelemetry/proto/trace/v1/trace.proto and its neighbours. */
function spansIn(body: Buffer): ReceivedSpan[] {
  return messages(read(body), 1).flatMap((ofResource) => {
    const [resource = none] = messages(ofResource, 1);
    const service = String(attributesIn(resource, 1)['service.name']);
    return messages(ofResource, 2)
      .flatMap((scope) => messages(scope, 2))
      .map((span) => spanOf(span, service));
  });
}

function spanOf(span: Fields, service: string): ReceivedSpan {
  const [status = none] = messages(span, 15);
  return {
    service,
    traceId: bytes(span, 1).toString('hex'),
    spanId: bytes(span, 2).toString('hex'),
    parentId: bytes(span, 4).toString('hex'),
    name: bytes(span, 5).toString(),
    kind: Number(span.get(6)?.[0] ?? 0),
    attributes: attributesIn(span, 9),
    isError: status.get(3)?.[0] === 2n,
  };
}

function attributesIn(message: Fields, number: number): ReceivedSpan['attributes'] {
  return Object.fromEntries(
    messages(message, number).map((pair) => {
      const [value = none] = messages(pair, 2);
      return [bytes(pair, 1).toString(), valueOf(value)];
    }),
  );
}

function valueOf(value: Fields): string | number | boolean {
  if (value.has(2)) return value.get(2)?.[0] === 1n;
  if (value.has(3)) return Number(value.get(3)?.[0]);
  return bytes(value, 1).toString();
}

function bytes(message: Fields, number: number): Buffer {
  const [value] = message.get(number) ?? [];
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

function messages(message: Fields, number: number): Fields[] {
  return (message.get(number) ?? []).filter((value) => Buffer.isBuffer(value)).map(read);
}

/** The fields of a message (protobuf.dev/programming-guides/encoding). */
function read(message: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = BigInt(message[at] ?? 0);
      at += 1;
      value |= (byte & 127n) << shift;
      if (byte < 128n) return value;
    }
  };
  const take = (length: number): Buffer => message.subarray(at, (at += length));
  while (at < message.length) {
    const tag = varint();
    const value = [varint, () => take(8), () => take(Number(varint())), null, null, () => take(4)][
      Number(tag & 7n)
    ]?.();
    if (value === undefined) throw new Error('This is no message of Protocol Buffers');
    const number = Number(tag >> 3n);
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}
