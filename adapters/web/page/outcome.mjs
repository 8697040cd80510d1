import { drawActions, edit, repeat } from './actions.mjs';
import { drawClip } from './clip.mjs';
import { button, element, icon } from './element.mjs';
import { drawPicture } from './picture.mjs';
import { seedsOf } from './recipe.mjs';
import { sayDuration, sayLength, word } from './words.mjs';

/** What came of a request so far. */
export function drawOutcome(view, options) {
  const { state, status, answer, language } = view;
  if (state === 'removed') return element('p', { className: 'removed' }, icon('remove'), status);
  if (state === 'refused')
    return drawPanel(element('p', { className: 'refusal', lang: language }, status), drawActions(view, options.doing));
  if (state === 'described') return drawDescription(view, options);
  if (answer === undefined) return drawPanel(drawWaiting(view, options), !view.isCancelling && drawActions(view, options.doing));
  return drawPanel(
    element('h2', { className: 'title', lang: language }, answer.title),
    answer.clip === undefined ? drawPictures(view, options) : drawFilm(answer, language),
    drawFacts(answer),
    drawPrompt(view, options),
    drawActions(view, options.doing),
  );
}

const drawPanel = (...parts) => element('div', { className: 'outcome' }, ...parts);

function drawWaiting({ status, state, aspectRatio, isCancelling }, { estimateMs }) {
  const canvas = element(
    'div',
    { className: `canvas ${state}` },
    element('p', {}, status),
    estimateMs !== undefined && !isCancelling && element('p', { className: 'estimate' }, sayEstimate(estimateMs)),
  );
  canvas.style.aspectRatio = aspectRatio.replace(':', ' / ');
  return canvas;
}

const sayEstimate = (ms) =>
  ms < 90_000
    ? word('estimate-seconds', { seconds: Math.max(1, Math.round(ms / 1000)) })
    : word('estimate-minutes', { minutes: Math.round(ms / 60_000) });

function drawPictures(view, options) {
  const { pictures } = view.answer;
  return element(
    'div',
    { className: pictures.length > 1 ? 'pictures several' : 'pictures' },
    ...pictures.map((_, index) => drawFrame(view, index, options)),
  );
}

/** A picture that opens in full size, and the way to change a part of it. */
function drawFrame(view, index, { place, doing }) {
  const picture = view.answer.pictures[index];
  const sizes = place === 'channel' ? '(max-width: 40rem) 90vw, 28rem' : '(max-width: 40rem) 90vw, 26rem';
  const link = element(
    'a',
    { href: picture.url, target: '_blank', rel: 'noopener', title: word('picture-full') },
    drawPicture(picture, sizes, { lang: view.language }),
  );
  const frame = element('div', { className: 'frame' }, link);
  frame.append(button('brush', word('mask-open'), () => doing.mask(view, index), { quiet: true, className: 'on-picture' }));
  frame.style.setProperty('--ratio', String(picture.width / picture.height));
  return frame;
}

function drawFilm(answer, lang) {
  const length = element('span', { className: 'tile-count', 'aria-hidden': 'true' }, icon('play'), sayLength(answer.clip.durationMs));
  const frame = element('div', { className: 'frame film' }, drawClip(answer, { lang }), length);
  frame.style.setProperty('--ratio', String(answer.clip.width / answer.clip.height));
  return frame;
}

function drawFacts(answer) {
  const { model, pictures, price, tookMs, notes, clip } = answer;
  const { width, height } = clip ?? pictures[0];
  const facts = [
    [word('label-model'), model.label],
    [word('label-size'), `${width}×${height}`],
    [word('label-duration'), clip === undefined ? '' : sayLength(clip.durationMs)],
    [word('label-seed'), seedsOf(answer)],
    [word('label-price'), price],
    [word('label-took'), sayDuration(tookMs)],
  ];
  const rows = facts
    .filter(([, value]) => value !== '')
    .map(([label, value]) => element('div', {}, element('dt', {}, label), element('dd', {}, value)));
  return element(
    'div',
    { className: 'about' },
    element('dl', { className: 'facts' }, ...rows),
    ...notes.map((note) => element('p', { className: 'note' }, note)),
  );
}

/** The prompt as it was used, and what to do when one's own words were better. */
function drawPrompt(view, { doing }) {
  const { answer } = view;
  if (answer.enhancedBy === 'nobody') return undefined;
  const summary = element('summary', {}, word(answer.enhancedBy === 'claude' ? 'prompt-improved' : 'prompt-used'));
  const small = (label, onclick) => element('button', { type: 'button', className: 'link', onclick }, label);
  const words = [element('p', { lang: 'en' }, answer.prompt)];
  if (answer.negativePrompt !== '')
    words.push(element('p', {}, `${word('label-negative')}: `, element('span', { lang: 'en' }, answer.negativePrompt)));
  const choices = element(
    'p',
    { className: 'choices' },
    small(word('button-own-words'), () => void repeat(view, 'own-words', doing)),
    answer.promptCommand !== undefined && small(word('prompt-edit'), () => void edit(view, answer.promptCommand, doing)),
  );
  return element('details', { className: 'used', open: true }, summary, ...words, choices);
}

/** A picture in words, and what to ask for to get one like it. */
function drawDescription(view, { doing }) {
  const { title, text, prompts, price, note } = view.description;
  const ideas = prompts.map((prompt) =>
    element(
      'li',
      { className: 'idea' },
      element('p', {}, prompt.text),
      element('button', { type: 'button', className: 'button', onclick: () => doing.use(prompt.command) }, word('described-use')),
    ),
  );
  return drawPanel(
    element('h2', { className: 'title', lang: view.language }, title),
    element('p', { lang: view.language }, text),
    element('p', { className: 'hint' }, word('described-prompts')),
    element('ul', { className: 'ideas' }, ...ideas),
    element(
      'div',
      { className: 'about' },
      element('dl', { className: 'facts' }, element('div', {}, element('dt', {}, word('label-price')), element('dd', {}, price))),
      element('p', { className: 'note' }, note),
    ),
    drawActions(view, doing),
  );
}
