import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '#workers/models/answer.ts';
import { encodeBody } from '#workers/models/body.ts';

const space = fc.stringMatching(/^[ \n\r\t]{0,3}$/);
const picture = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));
/** Members that are not documented, some of them made to look like the picture. */
const extra = fc.oneof(
  fc.json().map((json) => ({ name: 'note', json })),
  fc.constant({ name: 'note', json: JSON.stringify('"images":["AAAA"]') }),
  fc.constant({ name: 'meta', json: '{"images":["AAAA"]}' }),
  fc.constant({ name: 'mask_images', json: '["AAAA"]' }),
);
const answer = fc
  .record({
    picture,
    seed: fc.nat(),
    reason: fc.option(fc.constantFrom('Filter reason: prompt', 'Inference error')),
    extras: fc.array(extra, { maxLength: 2 }),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
    spaces: fc.array(space, { minLength: 1, maxLength: 5 }),
    more: fc.boolean(),
  })
  .map(({ picture: bytes, seed, reason, extras, order, spaces, more }) => {
    let next = 0;
    const blank = (): string => spaces[next++ % spaces.length] ?? '';
    const images = `[${blank()}"${bytes.toString('base64')}"${blank()}${more ? `,${blank()}"BBBB"` : ''}]`;
    const members = [
      `"seeds"${blank()}:${blank()}[${seed}]`,
      `"finish_reasons":${JSON.stringify([reason])}`,
      `"images"${blank()}:${blank()}${images}`,
      ...extras.map(({ name, json }) => `"${name}":${json}`),
    ];
    const sorted = order.flatMap((index) => members[index] ?? []);
    return { bytes, text: `${blank()}{${blank()}${sorted.join(`${blank()},${blank()}`)}${blank()}}${blank()}` };
  });

describe('the answer of a model', () => {
  it('is read the same as by parsing all of it, in every order of its members, with any white space and any further members', () => {
    fc.assert(
      fc.property(answer, ({ bytes, text }) => {
        const whole = JSON.parse(text);
        expect(readAnswer(Buffer.from(text))).toEqual({
          finishReason: whole.finish_reasons[0] ?? undefined,
          error: undefined,
          seed: whole.seeds[0],
          picture: bytes,
        });
      }),
    );
  });

  it('is refused wherever it is cut off', () => {
    fc.assert(
      fc.property(answer, fc.double({ min: 0, max: 1, noNaN: true }), ({ text }, part) => {
        const cut = Buffer.from(text.trimEnd()).subarray(0, -1);
        expect(() => readAnswer(cut.subarray(0, Math.ceil(cut.byteLength * part)))).toThrow(Error);
      }),
    );
  });

  it('is refused when a character of the picture is none of base64', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 3, maxLength: 60 }),
        fc.nat(),
        fc.constantFrom('*', ' ', '-', '_', '=', 'é', '\\n'),
        (bytes, at, stranger) => {
          const base64 = Buffer.from(bytes).toString('base64').replaceAll('=', 'A');
          const place = at % (base64.length - 3);
          const text = `{"images":["${base64.slice(0, place)}${stranger}${base64.slice(place + 1)}"]}`;
          expect(() => readAnswer(Buffer.from(text))).toThrow(/not base64/);
        },
      ),
    );
  });

  it('may write a slash as JSON allows it to', () => {
    expect(readAnswer(Buffer.from(String.raw`{"images":["\/\/\/\/"]}`)).picture).toEqual(Buffer.from([255, 255, 255]));
  });

  it('goes by the last of two members of one name, as JSON does', () => {
    expect(readAnswer(Buffer.from('{"images":["AAAA"],"images":["BBBB"]}')).picture).toEqual(Buffer.from('BBBB', 'base64'));
  });

  it('keeps a picture when the seeds are odd', () => {
    expect(readAnswer(Buffer.from('{"seeds":["many"],"images":["AAAA"]}'))).toMatchObject({ seed: undefined, picture: Buffer.alloc(3) });
  });

  it('never repeats what it holds in an error', () => {
    expect(() => readAnswer(Buffer.from('{"message":"the secret prompt"'))).toThrow(/^(?!.*secret)/);
  });
});

describe('the body of a request', () => {
  it('is the JSON of its fields and of its pictures as base64', () => {
    const pictures = fc.dictionary(fc.string(), fc.uint8Array({ maxLength: 50 }), { maxKeys: 2, noNullPrototype: true });
    const fields = fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.integer()), {
      maxKeys: 4,
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(fields, pictures, (some, others) => {
        const base64 = Object.fromEntries(Object.entries(others).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]));
        const text = Buffer.from(encodeBody({ fields: some, pictures: others })).toString();
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ ...some, ...base64 }).toWellFormed()));
      }),
    );
  });

  it('takes a picture that lies in the middle of other bytes', () => {
    const whole = Uint8Array.of(9, 1, 2, 3, 9);
    expect(Buffer.from(encodeBody({ fields: {}, pictures: { image: whole.subarray(1, 4) } })).toString()).toBe('{"image":"AQID"}');
  });
});
