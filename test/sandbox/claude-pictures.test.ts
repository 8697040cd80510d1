import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerMessages } from '#src/sandbox/claude/messages.ts';

const HEADERS = { 'anthropic-version': '2026-10-21' };
const bodySchema = z.object({
  content: z.array(z.looseObject({ text: z.string().optional() })),
  usage: z.object({ input_tokens: z.int() }),
});
const errorSchema = z.object({ error: z.object({ message: z.string() }) });

const closed = (properties: Readonly<Record<string, unknown>>): object => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const MEANING = closed({
  task: { enum: ['erase', 'transform'] },
  what: { type: 'string' },
  zoom: { type: 'number' },
  extra: { type: 'boolean' },
});
const DESCRIPTION = closed({
  title: { type: 'string' },
  alt_text: { type: 'string' },
  prompts: { type: 'array', items: { type: 'string' } },
});

async function ask(content: readonly unknown[], schema: object) {
  const { status, body } = await answerMessages(
    {
      model: 'claude-haiku-5-5',
      max_tokens: 1200,
      thinking: { type: 'disabled' },
      output_config: { effort: 'low', format: { type: 'json_schema', schema } },
      messages: [{ role: 'user', content }],
    },
    HEADERS,
  );
  if (status !== 200) return { status, message: errorSchema.parse(body).error.message, json: undefined, tokens: 0 };
  const { content: blocks, usage } = bodySchema.parse(body);
  return { status, message: '', json: JSON.parse(blocks.at(-1)?.text ?? '{}') as unknown, tokens: usage.input_tokens };
}

const text = (tag: string, content: object): object => ({ type: 'text', text: `<${tag}>${JSON.stringify(content)}</${tag}>` });
const image = (data: string, type = 'image/png'): object => ({ type: 'image', source: { type: 'base64', media_type: type, data } });
const painted = async (colour: string, width = 320, height = 200): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();
const wish = text('picture_wish', { language: 'vi' });

describe('the stand-in for Claude', () => {
  it('answers an instruction by the schema that is given, whatever it asks for', async () => {
    const turn = { text: 'bỏ cái mũ đi', language: 'vi', pictures: 1, able: ['erase', 'transform'] };
    expect((await ask([text('user_instruction', turn)], MEANING)).json).toEqual({ task: 'erase', what: 'cái mũ', zoom: 0, extra: false });
    const other = await ask([text('user_instruction', { ...turn, able: ['transform'] })], MEANING);
    expect(other.json).toMatchObject({ task: 'transform', what: '' });
  });

  it('looks at a picture: its colour, its light and its form are what is said of it, and it is on the bill', async () => {
    const red = await ask([image((await painted('#d02020')).toString('base64')), wish], DESCRIPTION);
    expect(red.json).toMatchObject({ title: 'Mảng màu đỏ', alt_text: expect.stringMatching(/đỏ.*khung ngang/) });
    const tall = await ask([image((await painted('#101830', 200, 320)).toString('base64')), wish], DESCRIPTION);
    expect(tall.json).toMatchObject({ alt_text: expect.stringMatching(/ánh sáng tối, khung dọc/) });
    expect(red.tokens - (await ask([wish], DESCRIPTION)).tokens).toBe(Math.ceil(320 / 28) * Math.ceil(200 / 28));
  });

  it.each([
    [
      'another type than it is',
      async () => image((await painted('red')).toString('base64'), 'image/jpeg'),
      /does not match the provided media type/,
    ],
    ['no picture at all', async () => image(Buffer.from('a cat').toString('base64')), /Could not process image/],
    ['no base64', async () => image('data:image/png;base64,AAAA'), /source/],
    ['a type nobody reads', async () => image('AAAA', 'image/tiff'), /media_type/],
    [
      'more than five megabytes',
      async () => image(Buffer.concat([await painted('red'), Buffer.alloc(5 * 1024 * 1024)]).toString('base64')),
      /exceeds 5 MB/,
    ],
    ['more than 8000 pixels', async () => image((await painted('red', 8001, 8)).toString('base64')), /8000 pixels/],
  ])('refuses %s', async (_, block, message) => {
    const answer = await ask([await block(), wish], DESCRIPTION);
    expect(answer).toMatchObject({ status: 400, message: expect.stringMatching(message) });
  });
});
