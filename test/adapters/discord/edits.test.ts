import { describe, expect, it } from 'vitest';
import type { GenerationRequest, Task } from '#src/core/request.ts';
import { PNG } from '#test/contracts/platform.ts';
import { rayCard } from '#test/core/film-cards.ts';
import { made } from '#test/ledger/asked.ts';
import { useDiscordBench } from './use-bench.ts';

/** What is done once more in other words, by the form that a button below a result opens. */
const bench = useDiscordBench({}, [rayCard]);

const image = { filename: 'boat.png', bytes: PNG, contentType: 'image/png' };
const KEY = `${'a'.repeat(64)}.png`;
const idOf = (interactionId: string): string => `discord-${interactionId}`;

/** An edit that was asked for by somebody and made, and whoever asked. */
async function edited(instruction: string, locale: 'vi' | 'en-GB') {
  const { discord } = bench;
  const [person, art] = [discord.person(locale === 'vi' ? 'Lan' : 'Max', locale), discord.guild('Studio').channel('art')];
  await bench.listen();
  const asked = await person.slash('edit', { instruction, image }, art);
  return { person, art, ...(await shown(idOf(asked.interactionId))) };
}

async function shown(id: string) {
  const { task } = await bench.request(id);
  const answer = made();
  await bench.deliver(id, { ...answer, recipe: { ...answer.recipe, task, inputs: task.kind === 'imagine' ? [] : [KEY] } });
  const result = bench.discord.botMessages().findLast(({ pictures }) => pictures.length > 0);
  if (result === undefined) throw new Error('nothing was shown');
  return { id, result };
}

/** The first field of the form, and the request that it becomes with these words in it. */
async function resend({ person, result }: Awaited<ReturnType<typeof edited>>, change: (words: string) => string) {
  const form = await person.presses(person.name === 'Lan' ? 'Sửa mô tả' : 'Edit prompt', result);
  const [field] = form.modal?.fields ?? [];
  if (field === undefined) throw new Error('the form is empty');
  const sent = await person.submits({ [field.customId]: change(field.value) });
  return { field, request: await bench.request(idOf(sent.interactionId)) };
}

describe('the form below an edit holds it as one would type it', () => {
  it.each<['vi' | 'en-GB', string, string, readonly [string, string], Task, string]>([
    ['vi', 'bỏ cái mũ đi', 'xoá cái mũ', ['cái mũ', 'cái kính'], { kind: 'erase', what: 'cái kính' }, ''],
    ['en-GB', 'erase the hat --grow 8', 'erase hat --grow 8', ['8', '12'], { kind: 'erase', what: 'hat', grow: 12 }, ''],
    ['vi', 'mở rộng --left 200 bãi biển', 'mở rộng bên trái 200 bãi biển', ['200', '300'], { kind: 'outpaint', left: 300 }, 'bãi biển'],
    ['en-GB', 'outpaint --left 200', 'outpaint left 200', ['left 200', 'left 200 up 50'], { kind: 'outpaint', left: 200, up: 50 }, ''],
    ['en-GB', 'upscale creative a boat', 'upscale creative a boat', ['a boat', 'a ship'], { kind: 'upscale', how: 'creative' }, 'a ship'],
    [
      'en-GB',
      'make it a little happier',
      'make it a little happier',
      ['happier', 'sadder'],
      { kind: 'instruct' },
      'make it a little sadder',
    ],
  ])('%s “%s” is “%s”, and %o is the same edit with the change', async (locale, instruction, words, [from, to], task, prompt) => {
    const scene = await edited(instruction, locale);
    const { field, request } = await resend(scene, (said) => said.replace(from, to));
    expect(field).toMatchObject({ label: locale === 'vi' ? 'Bạn muốn sửa gì?' : 'What should change?', value: words });
    expect(request).toMatchObject({ task, prompt, images: [{ key: KEY }], origin: { id: scene.id, how: 'edit' } });
    expect(request.task).toEqual(task);
  });

  it('asks for the same where nothing is changed', async () => {
    const scene = await edited('thay cái mũ bằng vương miện --seed 7', 'vi');
    const { field, request } = await resend(scene, (said) => said);
    expect(field.value).toBe('thay cái mũ bằng vương miện --seed 7');
    const { task, prompt, options } = await bench.request(scene.id);
    expect(request).toMatchObject({ task, prompt, options });
  });
});

it('a clip is changed with its length, its size and its end in view', async () => {
  const { discord } = bench;
  const [max, art] = [discord.person('Max', 'en-GB'), discord.guild('Studio').channel('art')];
  await bench.listen();
  const asked = await max.slash('video', { prompt: 'waves', duration: 9, resolution: '540p', loop: true }, art);
  const price = asked.message();
  if (price === undefined) throw new Error('no price was told');
  const agreed = await max.presses(price.buttons[0]?.label ?? '', price);
  expect(agreed.message()?.text).not.toBe('');
  const scene = await shown(idOf(asked.interactionId));
  const form = await max.presses('Edit prompt', scene.result);
  expect(form.modal?.fields[0]).toMatchObject({ label: 'Prompt', value: 'waves --duration 9s --resolution 540p --loop' });
});

describe('words that are too long for one field', () => {
  const long: Pick<GenerationRequest, 'prompt' | 'options'> = {
    prompt: `${'một con thuyền đỏ '.repeat(210)}ra khơi`,
    options: { seed: 7, negativePrompt: 'sương mù '.repeat(100).trim() },
  };

  it('go on in the next one, and none is lost', async () => {
    const { discord } = bench;
    const [lan, art] = [discord.person('Lan', 'vi'), discord.guild('Studio').channel('art')];
    await bench.listen();
    const asked = await lan.slash('imagine', { prompt: long.prompt, seed: 7, negative: long.options.negativePrompt ?? '' }, art);
    const { result } = await shown(idOf(asked.interactionId));
    const form = await lan.presses('Sửa mô tả', result);
    expect(form.modal?.fields.map(({ label, required }) => [label, required])).toEqual([
      ['Mô tả', true],
      ['Mô tả (tiếp theo)', false],
    ]);
    const sent = await lan.submits({});
    expect(await bench.request(idOf(sent.interactionId))).toMatchObject(long);
  });
});
