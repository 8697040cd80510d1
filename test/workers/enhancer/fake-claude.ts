import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { ClaudeAnswer } from '#workers/enhancer/schema.ts';

/** What the service is told to do with one request. */
export type Script =
  | { readonly kind: 'answer'; readonly answer: unknown; readonly stopReason?: string }
  | { readonly kind: 'text'; readonly text: string; readonly stopReason?: string }
  | { readonly kind: 'refusal'; readonly category: string | null }
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly type: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'html' }
  | { readonly kind: 'stall-before-headers' }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'stall-in-body' };

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
  readonly envelope: Envelope;
}

const envelopeSchema = z.looseObject({
  mode: z.string(),
  medium: z.string(),
  max_chars: z.int(),
  has_image: z.boolean(),
  text: z.string(),
  corrections: z.array(z.string()).optional(),
});
export type Envelope = z.infer<typeof envelopeSchema>;
const bodySchema = z.looseObject({
  messages: z.tuple([z.object({ content: z.tuple([z.object({ type: z.literal('text'), text: z.string() })]) })]),
});

export interface FakeClaude {
  readonly url: string;
  readonly seen: SeenRequest[];
  close(): Promise<void>;
}

const USAGE = { input_tokens: 200, output_tokens: 300, cache_creation_input_tokens: 0, cache_read_input_tokens: 2000 };
/** 200 x 0.10 + 300 x 0.50 + 2000 x 0.01 micro-dollars, by the price list of Haiku 5.5. */
export const CALL_COST_MICROS = 190;

/** The Messages API over real HTTP, as far as the enhancer meets it; `script` says what each request gets. */
export async function startFakeClaude(script: (envelope: Envelope, call: number) => Script): Promise<FakeClaude> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = bodySchema.parse(JSON.parse(await text(request)));
    const [, json = ''] = /^<user_prompt>(.*)<\/user_prompt>$/s.exec(body.messages[0].content[0].text) ?? [];
    const envelope = envelopeSchema.parse(JSON.parse(json));
    seen.push({ path: request.url ?? '', headers: request.headers, body, envelope });
    reply(response, script(envelope, seen.length));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function reply(response: ServerResponse, script: Script): void {
  switch (script.kind) {
    case 'answer':
      return send(response, message(JSON.stringify(script.answer), script.stopReason ?? 'end_turn'));
    case 'text':
      return send(response, message(script.text, script.stopReason ?? 'end_turn'));
    case 'refusal':
      return send(response, {
        ...message('', 'refusal'),
        content: [],
        stop_details: { type: 'refusal', category: script.category, explanation: null },
      });
    case 'error':
      return send(
        response,
        { type: 'error', error: { type: script.type, message: script.message ?? script.type }, request_id: 'req_1' },
        script.status,
        script.headers,
      );
    case 'html':
      response.writeHead(200, { 'content-type': 'application/json' }).end('<html>proxy</html>');
      return undefined;
    case 'stall-in-body':
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":"msg_1","type":');
      return undefined;
    case 'hang-up':
      response.destroy();
      return undefined;
    case 'stall-before-headers':
      return undefined;
  }
}

function message(content: string, stopReason: string): Record<string, unknown> {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-5-5',
    content: [
      { type: 'thinking', thinking: 'hm', signature: 'x' },
      { type: 'text', text: content },
    ],
    stop_reason: stopReason,
    stop_details: null,
    usage: USAGE,
  };
}

function send(response: ServerResponse, body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1', ...headers }).end(JSON.stringify(body));
}

/** A whole answer around the members that a test is about. */
export function answer(members: Partial<ClaudeAnswer>): ClaudeAnswer {
  const english_prompt = members.english_prompt ?? 'A cat';
  return {
    language: 'vi',
    constraints: [],
    english_prompt,
    negative_prompt: '',
    short_prompt: english_prompt,
    title: 'Tên tranh',
    alt_text: 'Mô tả tranh.',
    refused: false,
    refusal_reason: 'none',
    ...members,
  };
}
