import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEditHouse, type EditHouse } from './edit-house.ts';

let house: EditHouse;
beforeAll(async () => {
  house = await openEditHouse({ hasClaude: true });
});
afterAll(async () => house.close());

/** What somebody said, with how much of it was billed by Claude and by the service, and how much went into the books. */
async function tell(text: string, pictures: readonly string[]) {
  const [claude, service, booked] = [house.claudeMicros(), house.sandbox.charges().totalMicros, await house.bookedMicros()];
  const answer = await house.tell(text, pictures);
  const paid = { claude: house.claudeMicros() - claude, service: house.sandbox.charges().totalMicros - service };
  return { answer, paid, booked: (await house.bookedMicros()) - booked };
}

describe('an instruction that no rule reads', () => {
  it.each<[string, readonly string[], string, object, string]>([
    ['mình không muốn thấy cái mũ nữa', ['photo'], 'stable-replace', { kind: 'erase', what: 'cái mũ' }, 'Đã xoá cái mũ'],
    ['thay vì quả bóng thì cho mình con mèo', ['photo'], 'stable-replace', { kind: 'replace' }, 'Đã thay quả bóng bằng con mèo'],
    ['cái xe này mà màu xanh lá thì đẹp', ['photo'], 'stable-recolor', { kind: 'recolor' }, 'Đã đổi màu cái xe: màu xanh lá'],
    ['cho xem rộng ra hai bên', ['photo'], 'stable-outpaint', { kind: 'outpaint', left: 256, right: 256 }, 'Ảnh đã mở rộng'],
    ['cho ảnh sắc nét lên gấp 4', ['photo'], 'upscale-fast', { kind: 'upscale', how: 'fast' }, 'Ảnh đã phóng to'],
    ['chỉ giữ lại quả bóng thôi', ['photo'], 'stable-remove-background', { kind: 'remove-background' }, 'Ảnh đã tách nền'],
    ['phần mình khoanh thì xoá đi', ['photo', 'mask'], 'stable-erase', { kind: 'erase' }, 'Đã xoá phần được đánh dấu'],
    ['vẽ lại theo kiểu của ảnh thứ hai', ['photo', 'style'], 'style-transfer', { kind: 'restyle' }, 'Ảnh theo phong cách mới'],
    ['vẽ lại theo phong cách tranh Đông Hồ', ['photo'], 'stable-structure', { kind: 'structure' }, 'Vẽ lại, giữ bố cục: tranh Đông Hồ'],
    ['can we lose the red ball?', ['photo'], 'stable-replace', { kind: 'erase', what: 'red ball' }, 'Without red ball'],
    ['in the white part add a lantern', ['photo', 'mask'], 'stable-inpaint', { kind: 'inpaint' }, 'The marked part, repainted: lantern'],
  ])('“%s” of %j is done by %s, and said', async (text, pictures, id, task, title) => {
    const { answer, paid, booked } = await tell(text, pictures);
    expect(answer).toMatchObject({ kind: 'made', model: { id }, recipe: { task }, title, costMicros: booked });
    expect([booked, paid.claude > 0]).toEqual([paid.claude + paid.service, true]);
  });

  it('is a wish for words, which paints nothing', async () => {
    const { answer, paid, booked } = await tell('trong ảnh này có gì vậy?', ['photo']);
    expect(answer).toMatchObject({ kind: 'described', altText: expect.stringMatching(/đỏ/), sandbox: true, costMicros: booked });
    expect([booked, paid.service]).toEqual([paid.claude, 0]);
  });

  it.each([
    ['overloaded', 2],
    ['nonsense', 2],
    ['close-midway', 1],
  ] as const)('changes the picture by its words when Claude is of no use: %s', async (kind, times) => {
    house.sandbox.addFaults([{ service: 'claude', kind, times }]);
    const { answer, paid, booked } = await tell(`make it look like winter, ${kind}`, ['photo']);
    expect(answer).toMatchObject({ kind: 'made', model: { id: 'sd3.5-large' }, recipe: { task: { kind: 'transform' } } });
    expect(booked).toBe(paid.claude + paid.service);
  });

  it('that Claude will not have is not painted by its words either', async () => {
    house.sandbox.addFaults([{ service: 'claude', kind: 'refusal', times: 1 }]);
    const { answer, paid, booked } = await tell('make it look like summer', ['photo']);
    expect(answer).toMatchObject({ kind: 'refused', code: 'prompt-refused' });
    expect([booked, paid.service]).toEqual([paid.claude, 0]);
  });

  it('for a model that cannot do it is refused with its price booked, before anything is painted', async () => {
    const { answer, paid, booked } = await tell('mình không muốn thấy cái kính nữa --model core', ['photo']);
    expect(answer).toMatchObject({ kind: 'refused', code: 'model-cannot', costMicros: paid.claude });
    expect([booked, paid.service]).toEqual([paid.claude, 0]);
  });
});

describe('free words beside a second picture, while nobody knows what they mean,', () => {
  it.each<[string, readonly string[], object]>([
    [
      'are for what it marks, where it is a mask',
      ['photo', 'mask'],
      { kind: 'made', recipe: { task: { kind: 'inpaint' }, prompt: 'glowing lanterns' } },
    ],
    [
      'are for the whole picture without one',
      ['photo'],
      { kind: 'made', recipe: { task: { kind: 'transform' }, prompt: 'glowing lanterns' } },
    ],
    [
      'are nothing that anybody can do with a picture of any other kind',
      ['photo', 'style'],
      { kind: 'refused', code: 'pictures-too-many' },
    ],
    ['mark nothing where the mask is black', ['photo', 'black'], { kind: 'refused', code: 'pictures-too-many' }],
  ])('%s', async (_, pictures, answer) => {
    const own = await openEditHouse();
    expect(await own.tell('glowing lanterns', pictures)).toMatchObject(answer);
    await own.close();
  });
});

describe('a picture that is to be put into words', () => {
  it('is looked at by Claude', async () => {
    const before = house.claudeMicros();
    const answer = await house.tell('', ['style'], { kind: 'describe' });
    expect(answer).toMatchObject({ kind: 'described', title: expect.stringMatching(/\S/), costMicros: house.claudeMicros() - before });
    expect(answer.kind === 'described' && answer.prompts.length).toBe(4);
  });

  it.each(['overloaded', 'nonsense', 'not-json', 'access-denied'] as const)(
    'is not, just now, when Claude is of no use: %s',
    async (kind) => {
      const own = await openEditHouse({ hasClaude: true });
      own.sandbox.addFaults([{ service: 'claude', kind, times: 4 }]);
      const answer = await own.tell('', ['photo'], { kind: 'describe' });
      expect(answer).toMatchObject({ kind: 'refused', code: 'description-unavailable', costMicros: own.claudeMicros() });
      expect(await own.bookedMicros()).toBe(own.claudeMicros());
      await own.close();
    },
  );

  it('is told that nobody can where there is no Claude', async () => {
    const own = await openEditHouse();
    expect(await own.tell('', ['photo'], { kind: 'describe' })).toMatchObject({ kind: 'refused', code: 'description-off', costMicros: 0 });
    await own.close();
  });
});
