import type { MadeAnswer, Receipt } from '#src/core/answer.ts';
import type { Entry } from '#src/core/archive.ts';
import { renderCommand } from '#src/core/command.ts';
import { FILE_EXTENSIONS, type MediaType } from '#src/core/media.ts';
import { say, sayDescribed, sayReceipt, sayRefusal, sayRemarks } from '#src/core/messages.ts';
import { galleryMessages } from '#src/core/messages/gallery.ts';
import { fill } from '#src/core/messages/text.ts';
import { formatMicros } from '#src/core/money.ts';
import type { Told } from '#src/core/platform.ts';
import type { Language, Options } from '#src/core/request.ts';
import { renderRecipe, type RecipeView } from './render-recipe.ts';

/** The answer to a post: the receipt, and the same as a sentence. */
export interface ToldView {
  readonly id: string;
  readonly receipt: Receipt;
  readonly language: Language;
  readonly sentence: string;
}

export interface PictureView {
  readonly url: string;
  readonly fileName: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly alt: string;
}

export interface AnswerView {
  readonly title: string;
  /** The prompt as it was used. */
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Who wrote it: Claude, the local rules, or nobody but the person. */
  readonly enhancedBy: MadeAnswer['enhancedBy'];
  /** What to type to ask with exactly these words. */
  readonly promptCommand: string;
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
}

/** One request as the page shows it. Every string is text: the page never reads it as HTML. */
export interface RequestView {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'made' | 'refused' | 'removed';
  /** What it is doing, or why it was refused; empty once it is made. */
  readonly status: string;
  readonly ahead: number;
  /** Somebody has asked for it to end, and it has not yet. */
  readonly isCancelling: boolean;
  readonly acceptedAt: number;
  /** The language of the person's words and of what was written for them. */
  readonly language: Language;
  readonly prompt: string;
  /** What to type to ask for the same again. */
  readonly command: string;
  readonly aspectRatio: string;
  readonly task: string;
  readonly origin: { readonly id: string; readonly how: string } | undefined;
  readonly platform: string;
  /** The request whose thread this one belongs to: its own where it began one. */
  readonly topic: string;
  /** Compared by the page to know where it belongs; undefined for what was asked in no room. */
  readonly room: string | undefined;
  readonly asker: { readonly name: string | undefined; readonly isYou: boolean };
  /** Whether whoever looks may cancel and delete it. */
  readonly isYours: boolean;
  /** What the model was given, once there is a result. */
  readonly inputs: readonly string[];
  readonly answer: AnswerView | undefined;
}

/** Who looks: the page's language, and what is theirs. */
export interface Viewer {
  readonly language: Language;
  readonly personId: string;
  readonly isAdmin: boolean;
}

export function renderTold(id: string, { receipt, language }: Told): ToldView {
  return { id, receipt, language, sentence: sayReceipt(language, receipt) };
}

/** What was written for the person stays in the language they asked in. */
export function renderEntry(entry: Entry, { language, personId, isAdmin }: Viewer): RequestView {
  const { request, answer } = entry;
  const isYou = request.requester.id === personId;
  return {
    id: request.id,
    state: stateOf(entry),
    status: statusOf(entry, language),
    ahead: entry.ahead,
    isCancelling: entry.isCancelled,
    acceptedAt: request.acceptedAt,
    language: request.language,
    prompt: request.prompt,
    command: renderCommand(request.prompt, request.options),
    aspectRatio: request.options.aspectRatio ?? '1:1',
    task: request.task.kind,
    origin: request.origin,
    platform: request.thread.platform,
    topic: request.thread.topic ?? request.id,
    room: request.thread.room,
    asker: { name: request.requester.name, isYou },
    isYours: isYou || isAdmin,
    inputs: answer?.kind === 'made' ? answer.recipe.inputs.map((key) => pictureUrl(request.id, key)) : [],
    answer: answer?.kind === 'made' ? renderMade(request.id, answer, request.options, request.language, language) : undefined,
  };
}

/** The pictures of a request that are shown with it: the prepared ones that the model was given, its results and their grid. Never an upload. */
export function pictureKeys({ answer }: Entry): readonly string[] {
  if (answer?.kind !== 'made') return [];
  return [...answer.recipe.inputs, ...answer.pictures.map(({ key }) => key), ...(answer.grid === undefined ? [] : [answer.grid.key])];
}

const pictureUrl = (id: string, key: string): string => `/pictures/${id}/${key}`;

function stateOf({ stage, answer }: Entry): RequestView['state'] {
  if (answer?.kind === 'refused' && answer.code === 'removed') return 'removed';
  if (answer !== undefined) return answer.kind === 'refused' ? 'refused' : 'made';
  return stage === 'queued' ? 'queued' : 'running';
}

function statusOf({ request, answer, stage, progress, ahead, isCancelled }: Entry, language: Language): string {
  if (answer?.kind === 'made') return '';
  if (answer?.kind === 'described') return sayDescribed(request.language, answer);
  if (answer !== undefined) return sayRefusal(request.language, answer.code, answer.details);
  if (isCancelled) return say(language, 'is-cancelling');
  if (stage !== 'queued') return say(language, `stage-${progress ?? 'started'}`);
  return ahead === 0 ? say(language, 'stage-next') : say(language, 'stage-queued', { ahead });
}

function renderMade(id: string, answer: MadeAnswer, options: Options, spoken: Language, language: Language): AnswerView {
  const { pictures, grid, prompt, negativePrompt } = answer;
  const total = pictures.length;
  const nameOf = (part: string, type: MediaType): string => `hoami-${answer.code}${part}.${FILE_EXTENSIONS[type]}`;
  return {
    title: answer.title,
    prompt,
    negativePrompt,
    enhancedBy: answer.enhancedBy,
    promptCommand: renderCommand(prompt, { ...options, enhance: 'raw', ...(negativePrompt === '' ? {} : { negativePrompt }) }),
    model: answer.model,
    costMicros: answer.costMicros,
    price: formatMicros(answer.costMicros, language),
    tookMs: answer.tookMs,
    code: answer.code,
    recipe: renderRecipe(answer),
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
  };
}
