import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { answerMessages } from '#src/sandbox/claude/messages.ts';

const VERSION = { 'anthropic-version': '2026-10-21' };
const OLD_VERSION = { 'anthropic-version': '2023-06-01' };
type Body = Readonly<Record<string, unknown>>;

const body = (changes: Body = {}): Body => ({
  model: 'claude-haiku-5-5',
  max_tokens: 500,
  messages: [{ role: 'user', content: 'a cat' }],
  ...changes,
});
const closed = (properties: Body, more: Body = {}): Body => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const format = (schema: Body): Body => ({ output_config: { format: { type: 'json_schema', schema } } });
const user = (...content: readonly Body[]): Body => ({ messages: [{ role: 'user', content }] });
const text = { type: 'text', text: 'a cat' };
const marked = { ...text, cache_control: { type: 'ephemeral' } };

const ask = (changes: Body = {}, headers: Readonly<Record<string, string>> = VERSION): ReturnType<typeof answerMessages> =>
  answerMessages(body(changes), headers);

describe('a request that Claude would refuse', () => {
  it.each<[string, Body, RegExp]>([
    ['has no max_tokens', { max_tokens: undefined }, /^max_tokens: Field required$/],
    ['has no messages', { messages: [] }, /^messages: at least one message is required/],
    ['has an unknown member', { prompt: 'a cat' }, /^prompt: Extra inputs are not permitted$/],
    ['asks for more tokens than there are', { max_tokens: 128_001 }, /^max_tokens: 128001 > 128000/],
    ['sets the temperature', { temperature: 0.2 }, /^temperature: this parameter is not supported/],
    ['sets top_p', { top_p: 0.9 }, /^top_p/],
    ['sets top_k', { top_k: 5 }, /^top_k/],
    [
      'begins the answer itself',
      {
        messages: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: '{' },
        ],
      },
      /prefill/,
    ],
    [
      'begins with an assistant turn',
      {
        messages: [
          { role: 'assistant', content: 'a' },
          { role: 'user', content: 'b' },
        ],
      },
      /first message/,
    ],
    ['has an empty text block', user({ type: 'text', text: '' }), /^messages\.0\.content\.0\.text: text content blocks must be non-empty/],
    ['has an unknown member in a block', user({ ...text, colour: 'red' }), /^messages\.0\.content\.0\.colour: Extra inputs/],
    ['has citations on a user text', user({ ...text, citations: { enabled: true } }), /citations: Extra inputs/],
    ['gives a picture by address', user({ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }), /source/],
    [
      'gives a picture that is none',
      user({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }),
      /Could not process image/,
    ],
    [
      'turns thinking off at the highest effort',
      { thinking: { type: 'disabled' }, output_config: { effort: 'max' } },
      /"disabled" is not supported with effort "max"/,
    ],
    ['has a thinking budget on a model without', { thinking: { type: 'enabled', budget_tokens: 2000 } }, /"enabled" is not supported/],
    [
      'turns thinking off on sonnet-5-5',
      { model: 'claude-sonnet-5-5', thinking: { type: 'disabled' } },
      /Supported: adaptive, between_tools/,
    ],
    ['turns thinking off on opus-5-5', { model: 'claude-opus-5-5', thinking: { type: 'disabled' } }, /"disabled" is not supported/],
    ['turns thinking off on fable-5-1', { model: 'claude-fable-5-1', thinking: { type: 'disabled' } }, /"disabled" is not supported/],
    ['sets an effort on haiku-4-5', { model: 'claude-haiku-4-5', output_config: { effort: 'low' } }, /effort parameter/],
    [
      'lets haiku-4-5 adapt its thinking',
      { model: 'claude-haiku-4-5-20251001', thinking: { type: 'adaptive' } },
      /"adaptive" is not supported/,
    ],
    [
      'has a budget as large as all tokens',
      { model: 'claude-haiku-4-5', max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 2000 } },
      /must be greater than/,
    ],
    [
      'forces a tool on sonnet-5-5',
      { model: 'claude-sonnet-5-5', tools: [{ name: 'a' }], tool_choice: { type: 'tool', name: 'a' } },
      /forcing tool use/,
    ],
    ['marks five blocks for the cache', user(marked, marked, marked, marked, marked), /A maximum of 4 blocks/],
    ['has an unknown effort', { output_config: { effort: 'huge' } }, /^output_config\.effort/],
    ['streams', { stream: true }, /stream/],
  ])('%s', async (_name, changes, message) => {
    const answer = await ask(changes);
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'error', error: { type: 'invalid_request_error', message: expect.stringMatching(message) } },
    });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['has no version', {}],
    ['has a version that there is not', { 'anthropic-version': '2027-01-01' }],
  ])('%s', async (_name, headers) => {
    expect(await ask({}, headers)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/^anthropic-version: /) } },
    });
  });

  it.each(['claude-sonnet-4-20250514', 'claude-opus-4-1', 'claude-3-haiku-20240307', 'gpt', 'constructor'])(
    'wants %s, which does not answer',
    async (model) => {
      const answer = await ask({ model });
      expect(answer).toMatchObject({ status: 404, body: { error: { type: 'not_found_error', message: `model: ${model}` } } });
      expect(answer.body).toMatchObject({ request_id: answer.headers['request-id'] });
    },
  );

  it.each([undefined, null, 'a cat', 7, [], ['a']])('is no object: %j', async (whole) => {
    expect(await answerMessages(whole, VERSION)).toMatchObject({ status: 400 });
  });
});

describe('a request that Claude takes', () => {
  it.each<[string, Body]>([
    ['is plain', {}],
    ['turns thinking off at low effort', { thinking: { type: 'disabled' }, output_config: { effort: 'low' } }],
    ['lets sonnet-5-5 think between tools', { model: 'claude-sonnet-5-5', thinking: { type: 'between_tools' } }],
    ['has a budget on haiku-4-5', { model: 'claude-haiku-4-5', max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 1024 } }],
    ['marks four blocks for the cache', user(marked, marked, marked, marked)],
    ['only warms the cache', { max_tokens: 0 }],
    [
      'has a system turn and earlier answers',
      {
        messages: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: 'b' },
          { role: 'system', content: 'c' },
          { role: 'user', content: 'd' },
        ],
      },
    ],
  ])('%s', async (_name, changes) => {
    expect(await ask(changes)).toMatchObject({ status: 200, body: { type: 'message', role: 'assistant' } });
  });

  it('may set the temperature of an older model under the older version, and of no newer one', async () => {
    expect(await ask({ model: 'claude-haiku-4-5', temperature: 0 }, OLD_VERSION)).toMatchObject({ status: 200 });
    expect(await ask({ temperature: 0 }, OLD_VERSION)).toMatchObject({ status: 400 });
    expect(await ask({ model: 'claude-haiku-4-5', temperature: 0 })).toMatchObject({ status: 400 });
  });

  it('may hold pictures, which cost tokens by their size', async () => {
    const data = await sharp({ create: { width: 280, height: 280, channels: 3, background: '#888' } })
      .png()
      .toBuffer();
    const picture = (type: string): Body => ({
      type: 'image',
      source: { type: 'base64', media_type: type, data: data.toString('base64') },
    });
    const without = await ask(user(text));
    const withPicture = await ask(user(picture('image/png'), text));
    expect(inputTokens(withPicture.body) - inputTokens(without.body)).toBeGreaterThanOrEqual(100);
    expect(await ask(user(picture('image/jpeg'), text))).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('does not match') } },
    });
  });

  it('is answered the same way each time, and thought about first unless told otherwise', async () => {
    expect(await ask()).toEqual(await ask());
    expect((await ask()).body).toMatchObject({ content: [{ type: 'thinking' }, { type: 'text' }] });
    expect((await ask({ thinking: { type: 'disabled' } })).body).toMatchObject({ content: [{ type: 'text' }] });
  });

  it('stops at its limit of tokens and at its stop sequences', async () => {
    const quiet = {
      thinking: { type: 'disabled' },
      ...format(closed({ english_prompt: { type: 'string' }, refused: { type: 'boolean' } })),
    };
    const cut = await ask({ ...quiet, max_tokens: 9 });
    expect(cut.body).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: expect.closeTo(9, -1) } });
    expect(JSON.stringify(cut.body)).not.toContain('refused');
    expect((await ask({ ...quiet, stop_sequences: ['refused'] })).body).toMatchObject({
      stop_reason: 'stop_sequence',
      stop_sequence: 'refused',
    });
    expect((await ask({ max_tokens: 0 })).body).toMatchObject({ content: [], stop_reason: 'max_tokens', usage: { output_tokens: 0 } });
  });

  it('writes a marked system prompt to the cache only when it is long enough for the model', async () => {
    const system = (words: number): Body => ({
      system: [{ type: 'text', text: 'word '.repeat(words), cache_control: { type: 'ephemeral' } }],
    });
    const writtenBy = async (changes: Body): Promise<unknown> => (await ask(changes)).body;
    expect(await writtenBy(system(600))).toMatchObject({
      usage: { cache_creation_input_tokens: expect.closeTo(938, -2), cache_read_input_tokens: 0 },
    });
    expect(await writtenBy(system(100))).toMatchObject({ usage: { cache_creation_input_tokens: 0 } });
    expect(await writtenBy({ ...system(600), model: 'claude-haiku-4-5' })).toMatchObject({ usage: { cache_creation_input_tokens: 0 } });
  });
});

function inputTokens(message: unknown): number {
  const usage: unknown = typeof message === 'object' && message !== null && 'usage' in message ? message.usage : undefined;
  return typeof usage === 'object' && usage !== null && 'input_tokens' in usage ? Number(usage.input_tokens) : Number.NaN;
}

describe('a schema for structured output', () => {
  const string = { type: 'string' };
  const many = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`member${index}`, string]));

  it.each<[string, Body, RegExp]>([
    [
      'has an open object',
      { type: 'object', properties: { a: string }, required: ['a'] },
      /'additionalProperties' must be explicitly set to false/,
    ],
    [
      'has an open object further in',
      closed({ a: { type: 'array', items: { type: 'object', properties: {} } } }),
      /'additionalProperties'/,
    ],
    ['limits a length', closed({ a: { type: 'string', maxLength: 512 } }), /For 'string' type, properties maxLength are not supported/],
    ['limits a number', closed({ a: { type: 'integer', minimum: 0, maximum: 3 } }), /minimum, maximum are not supported/],
    ['wants two entries', closed({ a: { type: 'array', items: string, minItems: 2 } }), /'minItems' values other than 0 or 1/],
    ['limits the entries', closed({ a: { type: 'array', items: string, maxItems: 2 } }), /maxItems/],
    ['has an unknown format', closed({ a: { type: 'string', format: 'colour' } }), /format "colour" is not supported/],
    ['has 25 optional members', closed(many, { required: [] }), /too many optional parameters \(25\)/],
    ['contains itself', closed({ a: { $ref: '#/$defs/node' } }, { $defs: { node: closed({ a: { $ref: '#/$defs/node' } }) } }), /Recursive/],
    ['refers elsewhere', closed({ a: { $ref: 'https://example.com/schema' } }), /references within the schema/],
    ['has a member without a type', closed({ a: {} }), /type is required/],
    ['has objects to choose from', closed({ a: { enum: [{ b: 1 }] } }), /Complex types within enums/],
    ['requires what it has not', closed({ a: string }, { required: ['b'] }), /'required' names 'b'/],
  ])('is refused when it %s', async (_name, schema, message) => {
    expect(await ask(format(schema))).toMatchObject({ status: 400, body: { error: { message: expect.stringMatching(message) } } });
  });

  it('is filled in member by member, known or not', async () => {
    const schema = closed(
      {
        english_prompt: { type: 'string' },
        unheard_of: { type: 'string' },
        list: { type: 'array', items: string },
        some: { type: 'array', items: { type: 'integer' }, minItems: 1 },
        flag: { type: 'boolean' },
        choice: { type: 'string', enum: ['first', 'second'] },
        reason: { type: 'string', enum: ['some', 'none'] },
        fixed: { const: 7 },
        perhaps: { anyOf: [{ type: 'null' }, string] },
        either: { type: ['string', 'null'], format: 'date' },
        inner: { $ref: '#/$defs/inner' },
        optional: { type: 'number' },
      },
      { required: ['english_prompt'], $defs: { inner: closed({ deep: { type: 'boolean' } }) }, description: 'the answer' },
    );
    const answer = await ask({ ...format(schema), thinking: { type: 'disabled' } });
    const [block] = contentOf(answer.body);
    expect(JSON.parse(block ?? '')).toEqual({
      english_prompt: 'A cat',
      unheard_of: '',
      list: [],
      some: [0],
      flag: false,
      choice: 'first',
      reason: 'none',
      fixed: 7,
      perhaps: null,
      either: null,
      inner: { deep: false },
      optional: 0,
    });
  });
});

function contentOf(message: unknown): readonly string[] {
  const content: unknown = typeof message === 'object' && message !== null && 'content' in message ? message.content : undefined;
  const blocks: unknown[] = Array.isArray(content) ? content : [];
  return blocks.flatMap((block) => (typeof block === 'object' && block !== null && 'text' in block ? [String(block.text)] : []));
}
