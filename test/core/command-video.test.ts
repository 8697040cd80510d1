import { describe, expect, it } from 'vitest';
import { readVideo } from '#src/core/command-video.ts';
import { parseCommand } from '#src/core/command.ts';
import { Refusal } from '#src/core/failure.ts';
import { sayRefusal } from '#src/core/messages.ts';
import { taskSchema, type VideoTask } from '#src/core/request.ts';

const video = (changed: Partial<VideoTask> = {}): VideoTask => ({
  kind: 'video',
  durationSeconds: 5,
  resolution: '540p',
  isLooped: false,
  frames: [],
  ...changed,
});

function refusalOf(text: string): Refusal {
  try {
    readVideo(text, []);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`nothing was refused in ${text}`);
}

describe('a command for a clip', () => {
  it.each<[string, VideoTask, string]>([
    ['a cat dancing', video(), 'a cat dancing'],
    ['a cat --duration 9s dancing', video({ durationSeconds: 9 }), 'a cat dancing'],
    ['a cat --duration=9 --loop', video({ durationSeconds: 9, isLooped: true }), 'a cat'],
    ['a cat --duration 9 seconds, --resolution 720p', video({ durationSeconds: 9, resolution: '720p' }), 'a cat'],
    ['--resolution 720 --loop a cat', video({ resolution: '720p', isLooped: true }), 'a cat'],
    ['a cat —length ９s', video({ durationSeconds: 9 }), 'a cat'],
    ['con mèo nhảy múa --thời-lượng 9 giây', video({ durationSeconds: 9 }), 'con mèo nhảy múa'],
    ['con meo --thoi-luong 9giay --lap', video({ durationSeconds: 9, isLooped: true }), 'con meo'],
    ['con mèo --độ-dài 5 giây --độ-phân-giải 720p --lặp-lại', video({ resolution: '720p', isLooped: true }), 'con mèo'],
    ['a clock of 9 seconds --duration 5s', video(), 'a clock of 9 seconds'],
    ['--loop', video({ isLooped: true }), ''],
    ['a cat --duration 6s', video({ durationSeconds: 6 }), 'a cat'],
  ])('%s', (text, task, rest) => {
    const read = readVideo(text, []);
    expect(read).toEqual({ task, text: rest });
    expect(taskSchema.parse(read.task)).toEqual(task);
  });

  it('leaves the flags that pictures have as well to the command', () => {
    const { text } = readVideo('a cat --ar 16:9 --loop --model "luma ray" --raw --duration 9s', []);
    expect(parseCommand(text)).toEqual({ prompt: 'a cat', options: { aspectRatio: '16:9', model: 'luma ray', enhance: 'raw' } });
  });

  it('knows where its pictures stand', () => {
    expect(readVideo('a cat', ['first', 'last']).task).toEqual(video({ frames: ['first', 'last'] }));
  });

  it.each<[string, Refusal['code'], Refusal['details']]>([
    ['a cat --seed 4', 'flag-not-for-video', { flag: '--seed' }],
    ['a cat --n 2', 'flag-not-for-video', { flag: '--n' }],
    ['a cat --no dogs', 'flag-not-for-video', { flag: '--no' }],
    ['a cat --style anime', 'flag-not-for-video', { flag: '--style' }],
    ['một con mèo --số-ảnh 2', 'flag-not-for-video', { flag: '--số-ảnh' }],
    ['a cat --strength 0.4', 'flag-not-for-video', { flag: '--strength' }],
    ['a cat --duration', 'flag-value-missing', { flag: '--duration' }],
    ['a cat --duration --loop', 'flag-value-missing', { flag: '--duration' }],
    ['a cat --duration long', 'flag-value-invalid', { flag: '--duration', value: 'long', expected: 'duration' }],
    ['a cat --duration 0', 'flag-value-invalid', { flag: '--duration', value: '0', expected: 'duration' }],
    ['a cat --duration 999s', 'flag-value-invalid', { flag: '--duration', value: '999s', expected: 'duration' }],
    ['a cat --resolution 4k', 'flag-value-invalid', { flag: '--resolution', value: '4k', expected: 'resolution' }],
    ['a cat --loop=maybe', 'flag-value-invalid', { flag: '--loop', value: 'maybe', expected: 'none' }],
    ['a cat --loop --lặp', 'flag-repeated', { flag: '--lặp' }],
    ['a cat --duration 5s --dài 9s', 'flag-repeated', { flag: '--dài' }],
    ['a cat --duratoin 9s', 'flag-unknown', { flag: '--duratoin', nearest: '--duration' }],
    ['a cat --modle luma', 'flag-unknown', { flag: '--modle', nearest: '--model' }],
  ])('refuses %s', (text, code, details) => {
    const refusal = refusalOf(text);
    expect(refusal).toMatchObject({ code, details });
    for (const language of ['vi', 'en'] as const) expect(sayRefusal(language, refusal.code, refusal.details)).not.toMatch(/[{}]/);
  });

  it('takes time in proportion to its length', () => {
    const long = '--duration '.repeat(1) + '9 '.repeat(100_000);
    expect(readVideo(long, []).task.durationSeconds).toBe(9);
  });
});
