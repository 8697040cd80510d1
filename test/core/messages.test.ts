import { describe, expect, it } from 'vitest';
import { REFUSAL_CODES } from '#src/core/failure.ts';
import { say, sayReceipt, sayRefusal } from '#src/core/messages.ts';
import { operatorMessages } from '#src/core/messages/operator.ts';
import { refusalMessages } from '#src/core/messages/refusals.ts';
import { resultMessages } from '#src/core/messages/results.ts';
import { shellMessages } from '#src/core/messages/shell.ts';
import { slackMessages } from '#src/core/messages/slack.ts';
import { threadMessages } from '#src/core/messages/threads.ts';

const all = Object.entries({
  ...operatorMessages,
  ...refusalMessages,
  ...resultMessages,
  ...shellMessages,
  ...slackMessages,
  ...threadMessages,
});
const placeholders = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(([found]) => found).toSorted();

describe('the catalogue', () => {
  it.each(all)('says %s with the same values in both languages', (_key, { vi, en }) => {
    expect(placeholders(vi)).toEqual(placeholders(en));
  });

  it.each(REFUSAL_CODES)('explains %s in both languages, without a brace left over', (code) => {
    for (const language of ['vi', 'en'] as const) {
      const sentence = sayRefusal(language, code, {});
      expect(sentence).not.toMatch(/[{}]/);
      expect(sentence.length).toBeGreaterThan(10);
    }
    expect(sayRefusal('vi', code, {})).not.toBe(sayRefusal('en', code, {}));
  });

  it('writes Vietnamese in composed letters, as keyboards do', () => {
    for (const [, { vi }] of all) expect(vi).toBe(vi.normalize('NFC'));
  });

  it('says what a flag takes instead of the name of a kind', () => {
    expect(sayRefusal('en', 'flag-value-invalid', { flag: '--n', value: '9', expected: 'count' })).toBe(
      '--n cannot be “9”. Use a number from 1 to 4.',
    );
  });

  it('never puts a value in where another value has braces', () => {
    expect(sayRefusal('en', 'model-unknown', { model: '{models}', nearest: 'core', models: 'core' })).toContain('“{models}”');
  });

  it('tells the place in line', () => {
    const receipt = { kind: 'accepted', id: 'a-1', ahead: 3, estimateMs: 24_400, repeated: false } as const;
    expect(sayReceipt('en', receipt)).toBe('Taken, 3 before you (about 24 s).');
    expect(sayReceipt('vi', { ...receipt, ahead: 0 })).toContain('đến lượt bạn ngay');
    expect(say('vi', 'stage-painting')).toBe('Đang vẽ');
  });
});
