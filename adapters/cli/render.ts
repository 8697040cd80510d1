import type { MadeAnswer } from '#src/core/answer.ts';
import type { Entry } from '#src/core/archive.ts';
import { say, sayRemarks } from '#src/core/messages.ts';
import { formatMicros } from '#src/core/money.ts';
import type { Language } from '#src/core/request.ts';

/** One line that says how far a request is. */
export function renderProgress({ stage, ahead, progress }: Entry, language: Language): string {
  if (stage === 'queued') return ahead === 0 ? say(language, 'stage-next') : say(language, 'stage-queued', { ahead });
  return say(language, `stage-${progress ?? 'started'}`);
}

/** The result as a person reads it in a terminal. */
export function renderMade(answer: MadeAnswer, files: readonly string[], language: Language): string {
  const [first] = answer.pictures;
  const rows: [string, string][] = [
    [say(language, 'label-prompt'), answer.prompt],
    ...(answer.negativePrompt === '' ? [] : [[say(language, 'label-negative'), answer.negativePrompt] satisfies [string, string]]),
    [say(language, 'label-model'), answer.model.label],
    [say(language, 'label-seed'), answer.pictures.map(({ seed }) => seed).join(', ')],
    [say(language, 'label-size'), first === undefined ? '' : `${first.width}×${first.height}`],
    [say(language, 'label-price'), formatMicros(answer.costMicros, language)],
    [say(language, 'label-took'), `${(answer.tookMs / 1000).toFixed(1)} s`],
    [say(language, 'label-recipe'), answer.code],
    ...files.map((file): [string, string] => [say(language, 'label-file'), file]),
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`);
  return [...lines, '', ...sayRemarks(language, answer)].join('\n');
}

/** The result as a program reads it: one object, the same names as in the ledger. The files are those of the pictures, then the grid's. */
export function renderJson(id: string, answer: MadeAnswer, files: readonly string[]): string {
  const { kind: _, pictures, grid, model, ...rest } = answer;
  return JSON.stringify({
    id,
    ok: true,
    model: model.id,
    pictures: pictures.map((picture, index) => ({ file: files[index], ...picture })),
    ...(grid === undefined ? {} : { grid: { file: files.at(-1), ...grid } }),
    ...rest,
  });
}

/** Why there is no result: a code for programs, a sentence for people, and the request's id where there is one. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly id?: string;
}

/** The same as a program reads it. */
export function renderTrouble(trouble: Trouble): string {
  return JSON.stringify({ ok: false, ...trouble });
}
