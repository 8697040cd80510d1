import type { Entry } from '#src/core/archive.ts';
import { say, sayDescribed, sayRefusal } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { Repeat } from '#src/core/platform.ts';
import { repeatsFor } from '#src/core/repeat-edits.ts';
import type { GenerationRequest, Language } from '#src/core/request.ts';
import { fieldFor, renderWish } from '#src/core/rewording.ts';
import { pictureUrl, renderDescribed, renderMade, type AnswerView, type DescriptionView } from './render-answer.ts';

/** One request as the page shows it. Every string is text: the page never reads it as HTML. */
export interface RequestView {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'made' | 'described' | 'refused' | 'removed';
  /** What it is doing, or why it was refused; empty once it is made, the words once it is described. */
  readonly status: string;
  readonly ahead: number;
  /** Somebody has asked for it to end, and it has not yet. */
  readonly isCancelling: boolean;
  readonly acceptedAt: number;
  /** The language of the person's words and of what was written for them. */
  readonly language: Language;
  readonly prompt: string;
  /** What to type to ask for the same again, and what the field is called in which it is changed. */
  readonly command: string;
  readonly field: 'field-prompt' | 'field-change';
  /** The slash command it was, without its slash. */
  readonly asked: 'imagine' | 'edit' | 'video' | 'describe';
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
  readonly description: DescriptionView | undefined;
  /** What makes sense to ask for next, in the order of the buttons. */
  readonly repeats: readonly Repeat['how'][];
}

/** Who looks: the page's language, what is theirs, and what can be asked for here. */
export interface Viewer {
  readonly language: Language;
  readonly personId: string;
  readonly isAdmin: boolean;
  readonly cards: readonly ModelCard[];
}

/** What was written for the person stays in the language they asked in. */
export function renderEntry(entry: Entry, { language, personId, isAdmin, cards }: Viewer): RequestView {
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
    command: renderWish(request),
    field: fieldFor(request),
    asked: commandOf(request),
    // Until it is there: the shape of what will be.
    aspectRatio: request.options.aspectRatio ?? (request.task.kind === 'video' ? '16:9' : '1:1'),
    task: request.task.kind,
    origin: request.origin,
    platform: request.thread.platform,
    topic: request.thread.topic ?? request.id,
    room: request.thread.room,
    asker: { name: request.requester.name, isYou },
    isYours: isYou || isAdmin,
    inputs: inputsOf(entry).map((key) => pictureUrl(request.id, key)),
    answer: answer?.kind === 'made' ? renderMade(request, answer, language) : undefined,
    description: answer?.kind === 'described' ? renderDescribed(answer, language) : undefined,
    repeats: answer?.kind === 'made' ? repeatsFor(answer, cards) : answer?.kind === 'refused' ? ['again', 'edit'] : [],
  };
}

/** The pictures of a request that are shown with it: the prepared ones that the model was given, its results and their grid. Never an upload. */
export function pictureKeys(entry: Entry): readonly string[] {
  const { answer } = entry;
  if (answer?.kind !== 'made') return inputsOf(entry);
  return [...inputsOf(entry), ...answer.pictures.map(({ key }) => key), ...(answer.grid === undefined ? [] : [answer.grid.key])];
}

function inputsOf({ answer }: Entry): readonly string[] {
  if (answer?.kind === 'made') return answer.recipe.inputs;
  return answer?.kind === 'described' ? [answer.key] : [];
}

function commandOf({ task: { kind } }: GenerationRequest): RequestView['asked'] {
  if (kind === 'imagine' || kind === 'transform') return 'imagine';
  return kind === 'video' || kind === 'describe' ? kind : 'edit';
}

function stateOf({ stage, answer }: Entry): RequestView['state'] {
  if (answer?.kind === 'refused' && answer.code === 'removed') return 'removed';
  if (answer !== undefined) return answer.kind;
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
