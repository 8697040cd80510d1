import type { DescribedAnswer, MadeAnswer } from '#src/core/answer.ts';
import type { Entry } from '#src/core/archive.ts';
import { say, sayDescribed, sayRemarks } from '#src/core/messages.ts';
import { formatMicros } from '#src/core/money.ts';
import type { Language } from '#src/core/request.ts';

/** One line that says how far a request is. */
export function renderProgress({ stage, ahead, progress }: Entry, language: Language): string {
  if (stage === 'queued') return ahead === 0 ? say(language, 'stage-next') : say(language, 'stage-queued', { ahead });
  return say(language, `stage-${progress ?? 'started'}`);
}

/** The result as a person reads it in a terminal. */
export function renderMade(answer: MadeAnswer, files: readonly string[], language: Language): string {
  const { clip } = answer;
  const shown = clip ?? answer.pictures[0];
  const seeds = answer.pictures.map(({ seed }) => seed).filter((seed) => seed !== 0);
  const rows: [string, string][] = [
    // Tasks that hear no words are called by what they did.
    [say(language, 'label-prompt'), answer.prompt === '' ? answer.title : answer.prompt],
    ...(answer.negativePrompt === '' ? [] : [[say(language, 'label-negative'), answer.negativePrompt] satisfies [string, string]]),
    [say(language, 'label-model'), answer.model.label],
    ...(seeds.length === 0 ? [] : [[say(language, 'label-seed'), seeds.join(', ')] satisfies [string, string]]),
    [say(language, 'label-size'), shown === undefined ? '' : `${shown.width}×${shown.height}`],
    ...(clip === undefined ? [] : [[say(language, 'label-duration'), saySeconds(clip.durationMs)] satisfies [string, string]]),
    [say(language, 'label-price'), formatMicros(answer.costMicros, language)],
    [say(language, 'label-took'), saySeconds(answer.tookMs)],
    [say(language, 'label-recipe'), answer.code],
    ...files.map((file): [string, string] => [say(language, 'label-file'), file]),
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`);
  return [...lines, '', ...sayRemarks(language, answer)].join('\n');
}

const saySeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/**
 * The result as a program reads it: one object, the same names as in the ledger. The files are those of the pictures, then the grid's; of a clip it is
 * the clip's own, and its picture is a poster that is in no file.
 */
export function renderJson(id: string, answer: MadeAnswer, files: readonly string[]): string {
  const { kind: _, pictures, grid, clip, model, ...rest } = answer;
  return JSON.stringify({
    id,
    ok: true,
    model: model.id,
    ...(clip === undefined ? {} : { clip: { file: files[0], ...clip } }),
    pictures: pictures.map((picture, index) => ({ ...(clip === undefined ? { file: files[index] } : {}), ...picture })),
    ...(grid === undefined ? {} : { grid: { file: files.at(-1), ...grid } }),
    ...rest,
  });
}

/** A picture in words, as a person reads it, and who wrote them. */
export function renderDescribed(answer: DescribedAnswer, language: Language): string {
  const note = say(language, answer.sandbox ? 'sandbox-words' : 'ai-generated-words');
  return [answer.title, sayDescribed(language, answer), note].join('\n\n');
}

/** The same as a program reads it. */
export function renderDescribedJson(id: string, answer: DescribedAnswer): string {
  const { kind: _, ...rest } = answer;
  return JSON.stringify({ id, ok: true, ...rest });
}

/** Why there is no result: a code for programs, a sentence for people, and the request's id where there is one. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly id?: string;
  /** What has to be agreed to first. */
  readonly priceMicros?: number;
}

/** The same as a program reads it. */
export function renderTrouble(trouble: Trouble): string {
  return JSON.stringify({ ok: false, ...trouble });
}
