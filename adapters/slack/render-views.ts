import type { Entry } from '#src/core/archive.ts';
import { splitText } from '#src/core/command-text.ts';
import { say } from '#src/core/messages.ts';
import { isLiving, type ModelCard } from '#src/core/model.ts';
import { formatMicros } from '#src/core/money.ts';
import { aspectRatioSchema, type Json, type Language, type Options, type TaskKind } from '#src/core/request.ts';
import { fieldFor, renderWish } from '#src/core/rewording.ts';
import { STRENGTHS } from '#src/core/strengths.ts';
import {
  actions,
  button,
  context,
  furtherTextField,
  marked,
  plain,
  section,
  select,
  textField,
  type Block,
  type Choice,
} from './blocks.ts';
import { TEXT_LIMITS } from './config.ts';
import { ACTIONS } from './render.ts';
import { cutText } from './text.ts';

/** Names of the forms, and of their fields. */
export const FORMS = {
  imagine: 'hoami-form-imagine',
  transform: 'hoami-form-transform',
  animate: 'hoami-form-animate',
  edit: 'hoami-form-edit',
  defaults: 'hoami-form-defaults',
  price: 'hoami-form-price',
} as const;
export const FIELDS = { prompt: 'prompt', ratio: 'ratio', model: 'model', strength: 'strength', channel: 'channel' } as const;
/** The choice that leaves it to the product. */
const AUTOMATIC = 'auto';

interface FormView {
  readonly language: Language;
  readonly cards: readonly ModelCard[];
  readonly metadata: string;
}

export function renderImagineForm(view: FormView, defaults: Options): Block {
  const { language, cards } = view;
  const place = {
    type: 'input',
    block_id: FIELDS.channel,
    label: plain(say(language, 'slack-choose-place'), TEXT_LIMITS.label),
    element: { type: 'conversations_select', action_id: FIELDS.channel, default_to_current_conversation: true, response_url_enabled: true },
  };
  return modal(view, FORMS.imagine, say(language, 'imagine-title'), say(language, 'send'), [
    textField(FIELDS.prompt, say(language, 'field-prompt'), ''),
    ratios(language, defaults),
    models(language, cards, 'imagine', defaults),
    place,
  ]);
}

export function renderTransformForm(view: FormView, defaults: Options): Block {
  const { language, cards } = view;
  const strengths = (['little', 'some', 'much'] as const).map((name): Choice => ({
    label: say(language, `strength-${name}`),
    value: String(STRENGTHS[name]),
  }));
  return modal(view, FORMS.transform, say(language, 'transform-title'), say(language, 'send'), [
    textField(FIELDS.prompt, say(language, 'field-change'), ''),
    select(FIELDS.strength, say(language, 'field-strength'), [automatic(language), ...strengths], undefined),
    ratios(language, defaults),
    models(language, cards, 'transform', defaults),
  ]);
}

/** A picture moves by itself where nothing better is said. */
export function renderAnimateForm(view: FormView): Block {
  const { language } = view;
  return modal(view, FORMS.animate, say(language, 'button-animate'), say(language, 'slack-send-clip'), [
    textField(FIELDS.prompt, say(language, 'slack-field-motion'), say(language, 'animate-words')),
  ]);
}

/**
 * With the words, flags and choices of the earlier request; in as many fields as the words need, so that none is lost. A model that is not in the list, as
 * one that is no more, is a choice of its own there: beside a flag that names it, no other could be chosen.
 */
export function renderEditForm(view: FormView, { request }: Entry): Block {
  const { language, cards } = view;
  const { aspectRatio: _, model, ...rest } = request.options;
  const [words = '', ...further] = splitText(renderWish({ ...request, options: rest }), TEXT_LIMITS.input);
  const choices = modelChoices(language, cards, request.task.kind);
  const isListed = model === undefined || choices.some(({ value }) => value === model);
  return modal(view, FORMS.edit, say(language, 'edit-title'), say(language, 'send'), [
    textField(FIELDS.prompt, say(language, fieldFor(request)), words),
    ...further.map((piece, index) => furtherTextField(furtherField(index), say(language, 'field-further'), piece)),
    ratios(language, request.options),
    select(FIELDS.model, say(language, 'field-model'), isListed ? choices : [...choices, { label: model, value: model }], model),
  ]);
}

export function renderDefaultsForm(view: FormView, chosen: Options): Block {
  const { language, cards } = view;
  return modal(view, FORMS.defaults, say(language, 'slack-home-defaults').slice(0, TEXT_LIMITS.modalTitle), say(language, 'slack-save'), [
    ratios(language, chosen),
    models(language, cards, 'imagine', chosen),
  ]);
}

const furtherField = (index: number): string => `${FIELDS.prompt}-${index + 2}`;

/** The words of a form, from all the fields that they stand in. */
export function readWords(fields: Readonly<Record<string, string | undefined>>): string {
  const words = [fields[FIELDS.prompt]];
  for (let index = 0; furtherField(index) in fields; index += 1) words.push(fields[furtherField(index)]);
  return words.filter((piece) => piece !== undefined).join(' ');
}

/** The options chosen in a form. */
export function readOptions(fields: Readonly<Record<string, string | undefined>>): Options {
  const ratio = aspectRatioSchema.safeParse(fields[FIELDS.ratio]).data;
  const model = fields[FIELDS.model];
  const strength = Number(fields[FIELDS.strength]);
  return {
    ...(ratio === undefined ? {} : { aspectRatio: ratio }),
    ...(model === undefined || model === AUTOMATIC ? {} : { model }),
    ...(strength >= 0 && strength <= 1 ? { strength } : {}),
  };
}

export interface HomeView {
  readonly language: Language;
  readonly bot: string;
  readonly cards: readonly ModelCard[];
  readonly defaults: Options;
  readonly results: readonly Entry[];
  /** The files of their pictures, by request, where they are known. */
  readonly pictures: ReadonlyMap<string, string>;
}

export function renderHome({ language, bot, cards, defaults, results, pictures }: HomeView): Block {
  const label = cards.find(({ id }) => id === defaults.model)?.label;
  const automatic = say(language, 'choice-automatic');
  const chosen = `${say(language, 'field-ratio')}: ${defaults.aspectRatio ?? automatic} · ${say(language, 'field-model')}: ${label ?? automatic}`;
  const latest = results.flatMap((entry) => resultBlocks(entry, pictures.get(entry.request.id), language));
  return {
    type: 'home',
    blocks: [
      header(say(language, 'slack-home-title')),
      section(marked(say(language, 'slack-home-how', { bot }))),
      header(say(language, 'slack-home-defaults')),
      context(chosen),
      actions(button(ACTIONS.defaults, say(language, 'slack-home-change'), 'change')),
      header(say(language, 'slack-home-results')),
      ...(latest.length === 0 ? [section(marked(say(language, 'slack-home-empty')))] : latest),
    ],
  };
}

function resultBlocks({ request, answer }: Entry, file: string | undefined, language: Language): Block[] {
  if (answer?.kind !== 'made') return [];
  const facts = [answer.model.label, formatMicros(answer.costMicros, language), answer.code].join(' · ');
  return [
    section(plain(answer.title === '' ? request.prompt : answer.title, TEXT_LIMITS.section)),
    ...(file === undefined ? [] : [picture(file, answer.altText === '' ? answer.title : answer.altText)]),
    context(request.prompt, facts),
    actions(button(ACTIONS.recipe, say(language, 'button-recipe'), request.id)),
  ];
}

const picture = (file: string, altText: string): Block => ({
  type: 'image',
  slack_file: { id: file },
  alt_text: cutText(altText.trim() === '' ? '…' : altText, TEXT_LIMITS.label),
});
const header = (text: string): Block => ({ type: 'header', text: plain(text, 150) });

function ratios(language: Language, { aspectRatio }: Options): Block {
  const choices = [automatic(language), ...aspectRatioSchema.options.map((ratio) => ({ label: ratio, value: ratio }))];
  return select(FIELDS.ratio, say(language, 'field-ratio'), choices, aspectRatio);
}

/** As many as a list takes beside the choice that leaves it to the product, and one that was made before. */
const MODELS_MAX = 98;

function modelChoices(language: Language, cards: readonly ModelCard[], task: TaskKind): readonly Choice[] {
  const offered = cards
    .filter((card) => card.tasks.includes(task) && isLiving(card))
    .slice(0, MODELS_MAX)
    .map(({ id, label, priceMicros }) => ({ label: `${label} (${formatMicros(priceMicros, language)})`, value: id }));
  return [automatic(language), ...offered];
}

const models = (language: Language, cards: readonly ModelCard[], task: TaskKind, { model }: Options): Block =>
  select(FIELDS.model, say(language, 'field-model'), modelChoices(language, cards, task), model);

const automatic = (language: Language): Choice => ({ label: say(language, 'choice-automatic'), value: AUTOMATIC });

function modal({ language, metadata }: FormView, callback: string, title: string, submit: string, blocks: readonly Block[]): Block {
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: metadata,
    title: plain(title, TEXT_LIMITS.modalTitle),
    submit: plain(submit, TEXT_LIMITS.modalTitle),
    close: plain(say(language, 'close'), TEXT_LIMITS.modalTitle),
    blocks: blocks satisfies Json,
  };
}
