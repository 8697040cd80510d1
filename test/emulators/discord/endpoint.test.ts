import { createPublicKey, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRest } from './caller.ts';
import { openDiscordEmulator, type DiscordEmulator } from './emulator.ts';
import { isObject, textOf, type Json, type JsonObject } from './json.ts';
import type { ChannelHandle } from './places.ts';

type Answer = (interaction: JsonObject, response: ServerResponse) => void;

let discord: DiscordEmulator;
let art: ChannelHandle;
let server: Server;
let url: string;
let answer: Answer;
let checks: boolean;

beforeEach(async () => {
  discord = await openDiscordEmulator();
  art = discord.guild('Studio').channel('art');
  await callRest(discord, 'PUT', `/applications/${discord.applicationId}/commands`, { body: [{ name: 'ping', description: 'x' }] });
  checks = true;
  answer = (_, response) => response.writeHead(500).end();
  server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/interactions`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await discord.close();
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(discord.publicKey, 'hex').toString('base64url') },
    format: 'jwk',
  });
  const { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp } = request.headers;
  const isRight = verify(null, Buffer.from(`${String(timestamp)}${text}`), key, Buffer.from(String(signature), 'hex'));
  if (checks && !isRight) return void response.writeHead(401).end();
  const interaction: Json = JSON.parse(text);
  if (!isObject(interaction)) return;
  if (interaction['type'] === 1) return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"type":1}');
  answer(interaction, response);
}

const json = (response: ServerResponse, body: JsonObject): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const ping = () => discord.person('Lan').slash('ping', {}, art);

describe('interactions over HTTP', () => {
  it('are sent only where a ping is answered and a bad signature refused', async () => {
    await discord.useEndpoint(url);
    checks = false;
    await expect(discord.useEndpoint(url)).rejects.toThrow('bad signature');
    const path = '/applications/@me';
    expect((await callRest(discord, 'PATCH', path, { body: { interactions_endpoint_url: url } })).status).toBe(400);
    checks = true;
    expect((await callRest(discord, 'PATCH', path, { body: { interactions_endpoint_url: url } })).body).toMatchObject({
      interactions_endpoint_url: url,
      verify_key: discord.publicKey,
    });
  });

  it('are answered in the response, with files if need be', async () => {
    await discord.useEndpoint(url);
    answer = (interaction, response) => json(response, { type: 4, data: { content: `pong ${textOf(interaction['locale'])}` } });
    expect((await ping()).message()?.content).toBe('pong en-US');
    answer = (_, response) => {
      const form = new FormData();
      form.set('payload_json', JSON.stringify({ type: 4, data: { content: 'here' } }));
      form.set('files[0]', new Blob(['x'], { type: 'image/png' }), 'x.png');
      const encoded = new Response(form);
      void encoded
        .arrayBuffer()
        .then((bytes) => response.writeHead(200, { 'content-type': encoded.headers.get('content-type') ?? '' }).end(Buffer.from(bytes)));
    };
    expect((await ping()).message()?.pictures).toMatchObject([{ filename: 'x.png' }]);
    expect(discord.violations).toEqual([]);
  });

  it('may be taken with 202 and answered by a callback', async () => {
    await discord.useEndpoint(url);
    answer = ({ id, token }, response) => {
      response.writeHead(202).end();
      void callRest(discord, 'POST', `/interactions/${textOf(id)}/${textOf(token)}/callback`, { body: { type: 5 } });
    };
    expect([(await ping()).kind, discord.violations]).toEqual(['thinking', []]);
  });

  it('that are answered wrongly, or not at all, are nobody’s but the program’s fault', async () => {
    await discord.useEndpoint(url);
    discord.settings.responseMs = 200;
    answer = (_, response) => json(response, { type: 4, data: { content: 'x', colour: 'red' } });
    expect((await ping()).kind).toBe('nothing');
    answer = (_, response) => response.writeHead(500).end();
    expect((await ping()).kind).toBe('nothing');
    expect(discord.violations).toEqual([expect.stringContaining('colour'), expect.stringContaining('500')]);
  });
});
