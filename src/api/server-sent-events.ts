// Server-sent events (HTML Living Standard, 9.2), drawn by the client: nothing is made before it is taken, so a stalled
// client costs nothing.

export type ServerSentEvent = {
  readonly event: string;
  /** Sent as JSON. */
  readonly data: unknown;
  /** Comes back as Last-Event-ID when the client connects again. */
  readonly id?: string;
};

/** Ends with the iteration; a client that goes away ends the iteration. */
export function eventStream(events: AsyncIterable<ServerSentEvent>): Response {
  return new Response(ReadableStream.from(encoded(events)), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies that gather an answer before they pass it on would turn a live page into a late one.
      'x-accel-buffering': 'no',
    },
  });
}

async function* encoded(events: AsyncIterable<ServerSentEvent>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(': connected\n\n');
  for await (const {event, data, id} of events) {
    const lines = [`event: ${event}`, ...(id === undefined ? [] : [`id: ${id}`]), `data: ${JSON.stringify(data)}`];
    yield encoder.encode(`${lines.join('\n')}\n\n`);
  }
}
