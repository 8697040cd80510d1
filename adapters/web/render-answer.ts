import type { Clip, DescribedAnswer, MadeAnswer } from '#src/core/answer.ts';
import { FILE_EXTENSIONS, type MediaType } from '#src/core/media.ts';
import { say, sayRemarks } from '#src/core/messages.ts';
import { galleryMessages } from '#src/core/messages/gallery.ts';
import { fill } from '#src/core/messages/text.ts';
import { formatMicros } from '#src/core/money.ts';
import type { GenerationRequest, Language } from '#src/core/request.ts';
import { renderOutcome } from '#src/core/rewording.ts';
import { renderRecipeView, type RecipeView } from './render-recipe.ts';

export interface PictureView {
  readonly url: string;
  readonly fileName: string;
  readonly width: number;
  readonly height: number;
  /** 0 where the model has no seeds. */
  readonly seed: number;
  readonly alt: string;
}

/** A clip; the answer's only picture is its poster. */
export interface ClipView {
  readonly url: string;
  readonly fileName: string;
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  readonly sizeBytes: number;
}

export interface AnswerView {
  readonly title: string;
  /** The prompt as it was used. */
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Who wrote it: Claude, the local rules, or nobody but the person. */
  readonly enhancedBy: MadeAnswer['enhancedBy'];
  /** What stands in the form to ask with exactly these words; undefined where it would be read as something else. */
  readonly promptCommand: string | undefined;
  readonly model: { readonly id: string; readonly label: string };
  readonly costMicros: number;
  readonly price: string;
  readonly tookMs: number;
  readonly code: string;
  readonly recipe: RecipeView;
  readonly notes: readonly string[];
  readonly pictures: readonly PictureView[];
  /** All of them in one picture, when there are several. */
  readonly grid: Omit<PictureView, 'seed'> | undefined;
  readonly clip: ClipView | undefined;
}

/** A picture in words. */
export interface DescriptionView {
  readonly title: string;
  readonly text: string;
  /** Each of them as it is, and as it is typed to ask for a picture like it. */
  readonly prompts: readonly { readonly text: string; readonly command: string }[];
  readonly costMicros: number;
  readonly price: string;
  /** Who wrote it: a model, or nobody. */
  readonly note: string;
}

export const pictureUrl = (id: string, key: string): string => `/pictures/${id}/${key}`;

export function renderMade(request: GenerationRequest, answer: MadeAnswer, language: Language): AnswerView {
  const { id, language: spoken } = request;
  const { pictures, grid, prompt, negativePrompt, clip } = answer;
  const total = pictures.length;
  const nameOf = (part: string, type: MediaType): string => `hoami-${answer.code}${part}.${FILE_EXTENSIONS[type]}`;
  return {
    title: answer.title,
    prompt,
    negativePrompt,
    enhancedBy: answer.enhancedBy,
    promptCommand: renderUsed(request, answer),
    model: answer.model,
    costMicros: answer.costMicros,
    price: formatMicros(answer.costMicros, language),
    tookMs: answer.tookMs,
    code: answer.code,
    recipe: renderRecipeView(answer),
    notes: sayRemarks(language, answer),
    pictures: pictures.map(({ key, type, width, height, seed }, index) => ({
      url: pictureUrl(id, key),
      fileName: nameOf(total === 1 ? '' : `-${index + 1}`, type),
      width,
      height,
      seed,
      alt: total === 1 ? answer.altText : fill(galleryMessages['picture-of'][spoken], { alt: answer.altText, number: index + 1, total }),
    })),
    grid:
      grid === undefined
        ? undefined
        : {
            url: pictureUrl(id, grid.key),
            fileName: nameOf('-grid', grid.type),
            width: grid.width,
            height: grid.height,
            alt: answer.altText,
          },
    clip: clip === undefined ? undefined : renderClip(id, answer.code, clip),
  };
}

/** What was asked, in the words that were used and as it was understood, where they are read as that again. How much was to change is said by the task. */
function renderUsed(request: GenerationRequest, { recipe: { task }, prompt, negativePrompt }: MadeAnswer): string | undefined {
  const { strength: _, ...chosen } = request.options;
  const used = { ...chosen, enhance: 'raw', ...(negativePrompt === '' ? {} : { negativePrompt }) } as const;
  return renderOutcome(request, { task, prompt, options: used });
}

function renderClip(id: string, code: string, { key, width, height, durationMs, sizeBytes }: Clip): ClipView {
  return { url: `/clips/${id}/${key}`, fileName: `hoami-${code}.mp4`, width, height, durationMs, sizeBytes };
}

export function renderDescribed({ title, altText, prompts, costMicros, sandbox }: DescribedAnswer, language: Language): DescriptionView {
  return {
    title,
    text: altText,
    prompts: prompts.map((text) => ({ text, command: `/imagine ${text}` })),
    costMicros,
    price: formatMicros(costMicros, language),
    note: say(language, sandbox ? 'sandbox-words' : 'ai-generated-words'),
  };
}
