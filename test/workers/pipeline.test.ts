import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal, TryLater } from '#src/core/failure.ts';
import { asked } from '#test/ledger/asked.ts';
import { openStudio, type Studio } from './studio.ts';

const PICTURE_MICROS = 80_000;
const PROMPT_MICROS = 300;
const image = { platform: 'web', source: { key: 'k' } };

let studio: Studio;
beforeEach(async () => {
  studio = await openStudio();
});
afterEach(async () => studio.close());

/** Runs a job that another worker's ledger hook can disturb, until it is over; what it throws is a failed attempt. */
async function runToTheEnd(id: string, runsMax = 12): Promise<number> {
  for (let run = 1; run <= runsMax; run += 1) {
    const verdict = await studio.run(id).catch(() => undefined);
    if (verdict?.kind === 'done') return run;
  }
  throw new Error('the job never ended');
}

describe('one request from its acceptance to its answer', () => {
  it('is painted from the improved prompt and shown once, with what it cost', async () => {
    const id = await studio.accept({ options: { seed: 42, aspectRatio: '16:9' } });
    expect(await studio.run(id)).toEqual({ kind: 'done' });
    expect(studio.painted).toMatchObject([{ prompt: 'a fine picture of một con mèo mặc áo dài', seed: 42, aspectRatio: '16:9' }]);
    expect(studio.shown).toHaveLength(1);
    expect(studio.shown[0]).toMatchObject({
      kind: 'made',
      costMicros: PICTURE_MICROS + PROMPT_MICROS,
      recipe: { seed: 42, modelId: 'sd3.5-large' },
    });
    expect(studio.stages).toEqual(['started', 'enhanced', 'painting']);
    expect(await studio.spentMicros()).toBe(PICTURE_MICROS + PROMPT_MICROS);
    expect(await studio.answerOf(id)).toEqual(studio.shown[0]);
  });

  it('is over for good: handing it out again does nothing', async () => {
    const id = await studio.accept();
    await studio.run(id);
    expect(await studio.run(id)).toEqual({ kind: 'done' });
    expect(await studio.run('web-unknown')).toEqual({ kind: 'done' });
    expect([studio.painted.length, studio.shown.length]).toEqual([1, 1]);
  });

  it('paints several pictures with seeds that follow one another, and a grid beside them', async () => {
    const id = await studio.accept({ options: { seed: 4_294_967_293, count: 4 } });
    await studio.run(id);
    expect(studio.painted.map(({ seed }) => seed)).toEqual([4_294_967_293, 4_294_967_294, 1, 2]);
    expect(studio.shown[0]).toMatchObject({
      kind: 'made',
      pictures: [{}, {}, {}, {}],
      grid: { width: 1024 },
      costMicros: 4 * PICTURE_MICROS + PROMPT_MICROS,
    });
  });

  it('looks at a picture before it pays anybody', async () => {
    studio.outside.prepare = async () => Promise.reject(new Refusal('picture-broken'));
    const id = await studio.accept({ task: { kind: 'transform' }, images: [image] });
    await studio.run(id);
    expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'picture-broken' }]);
    expect([studio.painted.length, await studio.spentMicros()]).toEqual([0, 0]);
  });

  it('hands the picture and the strength to the model, the card’s own strength when none was asked', async () => {
    const one = await studio.accept({ id: 'web-a1', task: { kind: 'transform', strength: 0.2 }, images: [image] });
    const two = await studio.accept({ id: 'web-a2', task: { kind: 'transform' }, images: [image] });
    await studio.run(one);
    await studio.run(two);
    expect(studio.painted.map(({ strength }) => strength)).toEqual([0.2, expect.any(Number)]);
    expect(Buffer.from(studio.painted[0]?.image?.bytes ?? []).toString()).toBe('a picture');
  });
});

describe('a no', () => {
  it.each(['filtered-prompt', 'filtered-input', 'model-rejected', 'credentials-rejected'] as const)(
    '%s is told once, and nothing is booked for the picture',
    async (code) => {
      studio.outside.generate = async () => Promise.reject(new Refusal(code, { model: 'x' }));
      const id = await studio.accept();
      expect(await studio.run(id)).toEqual({ kind: 'done' });
      expect(studio.shown).toMatchObject([{ kind: 'refused', code }]);
      expect(await studio.spentMicros()).toBe(PROMPT_MICROS);
    },
  );

  it('to a picture that was made and is held back is booked, once, as nobody says that it is not billed', async () => {
    studio.outside.generate = async () => Promise.reject(new Refusal('filtered-output'));
    const id = await studio.accept();
    await studio.run(id);
    await studio.run(id);
    const costMicros = PICTURE_MICROS + PROMPT_MICROS;
    expect(studio.shown).toEqual([{ kind: 'refused', code: 'filtered-output', details: {}, costMicros }]);
    expect(await studio.spentMicros()).toBe(costMicros);
  });

  it('for some of several pictures still is an answer with the others', async () => {
    const { generate } = studio.outside;
    studio.outside.generate = async (input, signal) =>
      input.seed === 2 ? Promise.reject(new Refusal('filtered-prompt')) : generate(input, signal);
    await studio.run(await studio.accept({ options: { seed: 1, count: 3 } }));
    expect(studio.shown[0]).toMatchObject({
      kind: 'made',
      pictures: [{ seed: 1 }, { seed: 3 }],
      costMicros: 2 * PICTURE_MICROS + PROMPT_MICROS,
    });
  });

  it('to the grid, from a full disk or a fault, costs nobody the pictures', async () => {
    studio.outside.grid = async () => Promise.reject(new Error('out of memory'));
    await studio.run(await studio.accept({ options: { seed: 1, count: 2 } }));
    expect(studio.shown[0]).toMatchObject({ kind: 'made', pictures: [{ seed: 1 }, { seed: 2 }] });
    expect(studio.shown[0]).not.toHaveProperty('grid');
  });

  it('of Claude’s ends the request before any picture is asked for', async () => {
    studio.outside.enhance = async () => Promise.reject(new Refusal('prompt-refused'));
    await studio.run(await studio.accept());
    expect([studio.painted.length, studio.shown[0]]).toMatchObject([0, { code: 'prompt-refused' }]);
  });

  it('is said when the disk is full, and the picture that was paid for is in the books', async () => {
    studio.outside.put = async () => Promise.reject(new Refusal('storage-full'));
    await studio.run(await studio.accept());
    expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'storage-full', costMicros: PICTURE_MICROS + PROMPT_MICROS }]);
    expect(await studio.spentMicros()).toBe(PICTURE_MICROS + PROMPT_MICROS);
  });
});

describe('waiting', () => {
  it('for a throttled model leaves the slot, costs nothing, counts no attempt, and ends in one picture', async () => {
    const { generate } = studio.outside;
    let refusals = 20;
    studio.outside.generate = async (input, signal) =>
      refusals-- > 0 ? Promise.reject(new TryLater('throttled', 500)) : generate(input, signal);
    const id = await studio.accept();
    for (let run = 0; run < 20; run += 1) expect(await studio.run(id)).toEqual({ kind: 'wait', waitMs: 500, because: 'throttled' });
    expect(await studio.run(id)).toEqual({ kind: 'done' });
    expect([studio.painted.length, studio.shown.length, await studio.spentMicros()]).toEqual([1, 1, PICTURE_MICROS + PROMPT_MICROS]);
  });

  it('keeps what other pictures of the request have become', async () => {
    const { generate } = studio.outside;
    let throttled = true;
    studio.outside.generate = async (input, signal) =>
      throttled && input.seed === 2 ? Promise.reject(new TryLater('throttled', 500)) : generate(input, signal);
    const id = await studio.accept({ options: { seed: 1, count: 3 } });
    await studio.run(id);
    throttled = false;
    await studio.run(id);
    expect(studio.painted.map(({ seed }) => seed)).toEqual([1, 3, 2]);
    expect(studio.shown[0]).toMatchObject({ pictures: [{ seed: 1 }, { seed: 2 }, { seed: 3 }] });
  });

  it('ends with an explanation when the patience of the request ends', async () => {
    studio.outside.generate = async () => Promise.reject(new TryLater('throttled', 2_000_000));
    await studio.run(await studio.accept());
    expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'too-late' }]);
  });

  it('given up for one of several pictures leaves the others an answer', async () => {
    const { generate } = studio.outside;
    studio.outside.generate = async (input, signal) =>
      input.seed === 4 ? Promise.reject(new TryLater('throttled', 2_000_000)) : generate(input, signal);
    await studio.run(await studio.accept({ options: { seed: 1, count: 4 } }));
    expect(studio.shown).toMatchObject([{ kind: 'made', pictures: [{}, {}, {}], costMicros: 3 * PICTURE_MICROS + PROMPT_MICROS }]);
  });

  it('does not paint today what was asked yesterday, nor pays Claude for it', async () => {
    const id = await studio.accept();
    studio.clockMs += 86_400_000;
    await studio.run(id);
    expect([studio.painted.length, studio.shown[0]]).toMatchObject([0, { code: 'too-late', costMicros: 0 }]);
    expect(await studio.spentMicros()).toBe(0);
  });

  it('gives the job back, uncounted, when the worker has to stop', async () => {
    const stopping = new AbortController();
    studio.outside.generate = async () => {
      stopping.abort();
      throw new Error('aborted');
    };
    const id = await studio.accept();
    expect(await studio.run(id, stopping.signal)).toEqual({ kind: 'wait', waitMs: 0 });
    expect((await studio.hold(id)).attempt).toBe(1);
  });
});

describe('an unknown end of a paid call', () => {
  it('is repeated once, and both calls are booked', async () => {
    const { generate } = studio.outside;
    let failures = 1;
    studio.outside.generate = async (input, signal) =>
      failures-- > 0 ? Promise.reject(new Error('socket reset')) : generate(input, signal);
    await runToTheEnd(await studio.accept());
    expect(studio.shown).toMatchObject([{ kind: 'made', costMicros: 2 * PICTURE_MICROS + PROMPT_MICROS }]);
    expect(await studio.spentMicros()).toBe(2 * PICTURE_MICROS + PROMPT_MICROS);
  });

  it('twice ends the request with an explanation; a third call is never made', async () => {
    let calls = 0;
    studio.outside.generate = async () => {
      calls += 1;
      throw new Error('socket reset');
    };
    await runToTheEnd(await studio.accept());
    expect([calls, studio.shown]).toMatchObject([2, [{ kind: 'refused', code: 'interrupted-twice' }]]);
    expect(await studio.spentMicros()).toBe(2 * PICTURE_MICROS + PROMPT_MICROS);
  });

  it('followed by throttling is booked once, however often it is tried again', async () => {
    const { generate } = studio.outside;
    const outcomes: (() => Promise<never>)[] = [
      async () => Promise.reject(new Error('socket reset')),
      ...Array.from({ length: 5 }, () => async () => Promise.reject(new TryLater('throttled', 10))),
    ];
    studio.outside.generate = async (input, signal) => outcomes.shift()?.() ?? generate(input, signal);
    await runToTheEnd(await studio.accept());
    expect(await studio.spentMicros()).toBe(2 * PICTURE_MICROS + PROMPT_MICROS);
  });
});

describe('trouble', () => {
  it('that lasts is told as “sorry”, once, after five attempts', async () => {
    studio.outside.enhance = async () => Promise.reject(new Error('a bug'));
    expect(await runToTheEnd(await studio.accept())).toBe(5);
    expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'failed' }]);
    expect(JSON.stringify(studio.lines)).not.toContain('con mèo');
  });

  it('that kills the worker is told too: beginnings without an end are counted in the ledger', async () => {
    const id = await studio.accept();
    for (let crash = 0; crash < 5; crash += 1) await studio.hold(id);
    await studio.run(id);
    expect([studio.painted.length, studio.shown[0]]).toMatchObject([0, { code: 'failed' }]);
  });

  it('in showing a picture that was made never loses it', async () => {
    studio.outside.deliver = async (_request, news) => (news.kind === 'answer' ? Promise.reject(new Error('gateway down')) : undefined);
    const id = await studio.accept();
    await runToTheEnd(id);
    expect(await studio.answerOf(id)).toMatchObject({ kind: 'made' });
    expect(studio.painted).toHaveLength(1);
  });

  it('with a place that is gone ends the request with its picture kept', async () => {
    studio.outside.deliver = async (_request, news) => (news.kind === 'answer' ? Promise.reject(new Refusal('failed')) : undefined);
    const id = await studio.accept();
    expect(await studio.run(id)).toEqual({ kind: 'done' });
    expect(await studio.answerOf(id)).toMatchObject({ kind: 'made' });
  });

  it('leaves a worker that was frozen and overtaken without a voice', async () => {
    const id = await studio.accept();
    const { generate } = studio.outside;
    studio.outside.generate = async (input, signal) => {
      studio.outside.generate = generate;
      await studio.run(id);
      return generate(input, signal);
    };
    expect(await studio.run(id)).toEqual({ kind: 'done' });
    expect(studio.shown).toHaveLength(1);
  });

  it('of a request for a platform this worker does not have waits for one that has', async () => {
    const id = await studio.accept({ thread: { platform: 'elsewhere', address: null } });
    expect(await studio.run(id)).toMatchObject({ kind: 'wait' });
    expect(asked(id).notAfter).toBeGreaterThan(studio.clockMs);
  });
});
