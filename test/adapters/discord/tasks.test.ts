import { describe, expect, it } from 'vitest';
import type { Answer } from '#src/core/answer.ts';
import type { Task } from '#src/core/request.ts';
import { createPage, PNG } from '#test/contracts/platform.ts';
import { rayCard } from '#test/core/film-cards.ts';
import { made } from '#test/ledger/asked.ts';
import { newsOf } from './bench.ts';
import { useDiscordBench } from './use-bench.ts';

/** Everything that can be asked for in Discord, by every way that leads there. */
const bench = useDiscordBench({}, [rayCard]);

const image = { filename: 'boat.png', bytes: PNG, contentType: 'image/png' };
const second = { ...image, filename: 'mask.png' };

function cast() {
  const { discord } = bench;
  const [lan, max] = [discord.person('Lan', 'vi'), discord.person('Max', 'en-GB')];
  return { discord, lan, max, art: discord.guild('Studio').channel('art') };
}

const DESCRIBED: Answer = {
  kind: 'described',
  title: 'Thuyền trên biển',
  altText: 'Một chiếc thuyền *đỏ* trên biển lúc bình minh',
  prompts: ['a red boat at sunrise, ```oil``` painting', 'thuyền đỏ, tranh lụa', 'x'.repeat(900)],
  key: `${'b'.repeat(64)}.png`,
  costMicros: 900,
  sandbox: false,
};

describe('the command /edit', () => {
  it.each<[string, Partial<Task>, boolean]>([
    ['erase the hat', { kind: 'erase', what: 'hat' }, false],
    ['xoá cái mũ', { kind: 'erase' }, false],
    ['replace the hat with a crown', { kind: 'replace', what: 'hat' }, false],
    ['recolor the boat red', { kind: 'recolor', what: 'boat' }, false],
    ['inpaint a lighthouse', { kind: 'inpaint' }, true],
    ['outpaint --left 200', { kind: 'outpaint', left: 200 }, false],
    ['mở rộng 2x', { kind: 'outpaint', zoom: 2 }, false],
    ['remove the background', { kind: 'remove-background' }, false],
    ['tách nền', { kind: 'remove-background' }, false],
    ['restyle', { kind: 'restyle' }, true],
    ['sketch a castle', { kind: 'sketch' }, false],
    ['structure a castle', { kind: 'structure' }, false],
    ['upscale fast', { kind: 'upscale', how: 'fast' }, false],
    ['upscale conservative a boat', { kind: 'upscale', how: 'conservative' }, false],
    ['phóng to sáng tạo chiếc thuyền', { kind: 'upscale', how: 'creative' }, false],
    ['it looks so empty, can you do something', { kind: 'instruct' }, false],
  ])('%s', async (instruction, task, withSecond) => {
    const { lan, art } = cast();
    await bench.listen();
    const values = { instruction, image, ...(withSecond ? { second } : {}) };
    const reaction = await lan.slash('edit', values, art);
    const request = await bench.request(`discord-${reaction.interactionId}`);
    expect(request.task).toMatchObject(task);
    expect(request.images).toHaveLength(withSecond ? 2 : 1);
    const [first] = request.images;
    if (first === undefined || !('platform' in first)) throw new Error('no picture');
    expect((await bench.create().download(first, AbortSignal.timeout(5000))).bytes).toEqual(PNG);
  });

  it('offers the models that edit', async () => {
    const { lan, art } = cast();
    await bench.listen();
    const { choices } = await lan.types('edit', { instruction: 'x', image, model: '' }, 'model', art);
    expect(choices.length).toBeGreaterThan(3);
    expect(choices.map(({ value }) => value)).not.toContain('test-ray');
  });
});

describe('the command /video', () => {
  const asked = async (values: Parameters<ReturnType<typeof cast>['lan']['slash']>[1]) => {
    const { lan, art } = cast();
    await bench.listen();
    const reaction = await lan.slash('video', values, art);
    const question = reaction.message();
    if (question === undefined) throw new Error('nothing was said');
    const [yes] = question.buttons;
    if (yes !== undefined) await lan.presses(yes.label, question);
    return { reaction, question, request: () => bench.request(`discord-${reaction.interactionId}`) };
  };

  it('takes what was chosen in its fields, and both ends from pictures', async () => {
    const { request } = await asked({
      prompt: 'con mèo nhảy múa',
      duration: 9,
      resolution: '720p',
      ratio: '9:16',
      loop: true,
      first: image,
      last: second,
    });
    expect(await request()).toMatchObject({
      prompt: 'con mèo nhảy múa',
      task: { kind: 'video', durationSeconds: 9, resolution: '720p', isLooped: true, frames: ['first', 'last'] },
      options: { aspectRatio: '9:16' },
      images: [{ platform: 'discord' }, { platform: 'discord' }],
    });
  });

  it('lets a flag among the words win over a field', async () => {
    const { request } = await asked({ prompt: 'con mèo --duration 9s', duration: 5, last: image });
    expect(await request()).toMatchObject({ prompt: 'con mèo', task: { durationSeconds: 9, frames: ['last'] } });
  });

  it('explains a flag that clips do not have, to whoever asked', async () => {
    const { reaction, question } = await asked({ prompt: 'con mèo --seed 7' });
    expect(reaction.isEphemeral).toBe(true);
    expect(question.text).toContain('--seed không dùng được cho video');
  });

  it('offers what the models can do', async () => {
    await bench.listen();
    const video = bench.discord.view().commands.find(({ name }) => name === 'video');
    expect(video?.['options']).toContainEqual(
      expect.objectContaining({
        name: 'duration',
        name_localizations: { vi: 'độ-dài' },
        choices: expect.arrayContaining([{ name: '9 s', name_localizations: { vi: '9 giây' }, value: 9 }]),
      }),
    );
  });
});

describe('a picture in words', () => {
  const described = async () => {
    const scene = cast();
    await bench.listen();
    const reaction = await scene.lan.slash('describe', { image }, scene.art);
    const id = `discord-${reaction.interactionId}`;
    const request = await bench.request(id);
    const page = createPage();
    const deliver = (): Promise<void> => bench.create().deliver(request, newsOf(DESCRIBED), page);
    return { ...scene, reaction, request, deliver };
  };

  it('is asked for with /describe, and comes where it was asked, each prompt in a box of its own', async () => {
    const { reaction, request, deliver } = await described();
    expect(request).toMatchObject({ task: { kind: 'describe' }, prompt: '', images: [{ platform: 'discord' }] });
    await deliver();
    const { text = '', buttons = [] } = reaction.message() ?? {};
    expect(text).toContain('Một chiếc thuyền \\*đỏ\\* trên biển');
    expect(text.match(/```\n[^`]+\n```/g)).toHaveLength(3);
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(buttons.map(({ label }) => label)).toEqual(['Vẽ 1', 'Vẽ 2', 'Vẽ 3', 'Xoá']);
  });

  it('has a button for each prompt, which paints it, also much later', async () => {
    const { discord, max, reaction, request, deliver } = await described();
    await deliver();
    const journal = await bench.ledger.ledger.open(request.id);
    await journal?.close(DESCRIBED);
    discord.clock.advance(400 * 86_400_000);
    const shown = reaction.message();
    if (shown === undefined) throw new Error('nothing was described');
    const press = await max.presses('Vẽ 2', shown);
    expect(await bench.request(`discord-${press.interactionId}`)).toMatchObject({
      prompt: 'thuyền đỏ, tranh lụa',
      task: { kind: 'imagine' },
      requester: { id: max.id },
    });
  });

  it('comes as a message, once, when the command’s response can no longer be used', async () => {
    const { discord, art, deliver } = await described();
    discord.clock.advance(20 * 60_000);
    discord.faults.add({ route: 'POST /channels/:channel/messages', kind: 'drop-after' });
    await expect(deliver()).rejects.toMatchObject({ reason: 'unreachable' });
    discord.clock.advance(30 * 60_000);
    await deliver();
    expect(art.messages().filter(({ pings }) => pings.includes('Lan'))).toHaveLength(1);
  });

  it('is asked for from the menu of a message', async () => {
    const { lan, max, art } = cast();
    await bench.listen();
    const { message } = await max.posts(art, 'look', { files: [image] });
    const reaction = await lan.usesMenu('Describe', message);
    expect(await bench.request(`discord-${reaction.interactionId}`)).toMatchObject({ task: { kind: 'describe' } });
  });
});

describe('the menu of a message', () => {
  it('makes a picture move: a form asks how', async () => {
    const { lan, max, art } = cast();
    await bench.listen();
    const { message } = await max.posts(art, 'look', { files: [image, second] });
    const form = await lan.usesMenu('Animate', message);
    expect(form.modal?.fields.map(({ label }) => label)).toEqual([
      'Ảnh chuyển động thế nào?',
      'Độ dài',
      'Độ nét',
      'Lặp lại không?',
      'Ảnh nào?',
    ]);
    const asked = await lan.submits({
      'Ảnh chuyển động thế nào?': 'sóng vỗ',
      'Độ dài': '9 giây',
      'Lặp lại không?': 'Lặp lại',
      'Ảnh nào?': 'Ảnh 2',
    });
    const question = asked.message();
    if (question === undefined) throw new Error('no price was said');
    await lan.presses(question.buttons[0]?.label ?? '', question);
    const request = await bench.request(`discord-${asked.interactionId}`);
    expect(request).toMatchObject({ prompt: 'sóng vỗ', task: { durationSeconds: 9, isLooped: true, frames: ['first'] } });
    expect(JSON.stringify(request.images)).toContain('mask.png');
  });

  it.each([
    [{ 'Bạn muốn sửa gì?': 'bỏ cái mũ đi' }, { kind: 'erase' }, 'boat.png'],
    [{ 'Bạn muốn sửa gì?': 'bỏ cái mũ đi', 'Ảnh nào?': 'Ảnh 2' }, { kind: 'erase' }, 'mask.png'],
    [{ 'Bạn muốn sửa gì?': 'tranh lụa', 'Sửa ít hay nhiều': 'Nhiều' }, { kind: 'transform', strength: 0.85 }, 'boat.png'],
  ] as const)('says what is to be changed, and in which picture: %j', async (values, task, name) => {
    const { lan, max, art } = cast();
    await bench.listen();
    const { message } = await max.posts(art, 'look', { files: [image, second] });
    await lan.usesMenu('Transform image', message);
    const asked = await lan.submits(values);
    const request = await bench.request(`discord-${asked.interactionId}`);
    expect(request.task).toMatchObject(task);
    expect(JSON.stringify(request.images)).toContain(name);
  });
});

describe('a reply to several pictures', () => {
  const replied = async (words: string) => {
    const scene = cast();
    await bench.listen(bench.create({ messageContent: true }));
    bench.discord.settings.messageContent = true;
    const reaction = await scene.lan.slash('imagine', { prompt: 'một con mèo', count: 4 }, scene.art);
    const pictures = ['a', 'b', 'c', 'd'].map((letter) => ({ ...made().pictures[0], key: `${letter.repeat(64)}.png` }));
    await bench.deliver(`discord-${reaction.interactionId}`, made({ pictures: pictures.map((one) => ({ ...first(), ...one })) }));
    const result = scene.art.messages().find((message) => message.pictures.length === 4);
    if (result === undefined) throw new Error('nothing was painted');
    const { message, replies } = await scene.lan.posts(scene.art, words, { replyTo: result });
    const receipt = await scene.discord.until(() => replies()[0]);
    return { request: await bench.request(`discord-${message.id}`), receipt };
  };
  const first = () => {
    const [picture] = made().pictures;
    if (picture === undefined) throw new Error('there is no picture');
    return picture;
  };

  it.each([
    ['bỏ cái mũ đi #3', 'c'],
    ['ảnh thứ hai: bỏ cái mũ đi', 'b'],
  ])('is about the one that the words name: %s', async (words, letter) => {
    const { request, receipt } = await replied(words);
    expect(request).toMatchObject({ task: { kind: 'erase' }, images: [{ key: `${letter.repeat(64)}.png` }] });
    expect(receipt.text).not.toContain('Mình lấy ảnh');
  });

  it('is about the first where they name none, and says so', async () => {
    const { request, receipt } = await replied('bỏ cái mũ đi');
    expect(request.images).toEqual([{ key: `${'a'.repeat(64)}.png` }]);
    expect(receipt.text).toContain('Mình lấy ảnh 1 trong 4 ảnh');
  });
});
