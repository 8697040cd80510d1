import { drawActions, edit, repeat } from './actions.mjs';
import { element, icon } from './element.mjs';
import { drawInputs, drawPicture } from './picture.mjs';
import { sayClock, sayDuration, sayFullTime, word } from './words.mjs';

/**
 * One request as a message: what was asked, and what came of it.
 * @param {object} view
 * @param {{ place: 'channel' | 'thread' | 'gallery', doing: object, preview?: string, estimateMs?: number, replies?: { count: number, lastAt: number }, open?: (view: object) => void }} options
 */
export function drawMessage(view, options) {
  const { id, state, asker, acceptedAt } = view;
  const name = asker.isYou ? word('you') : (asker.name ?? word('somebody'));
  const message = element('article', { className: `message ${state}`, 'aria-label': word('message-of', { name }) });
  message.dataset.id = id;
  const inputs = options.preview === undefined ? view.inputs : [options.preview];
  message.append(
    drawAvatar(name, asker.isYou),
    element(
      'div',
      { className: 'said' },
      element('p', { className: 'who' }, element('strong', {}, name), drawTime(acceptedAt), drawOrigin(view)),
      state === 'removed' ? undefined : element('p', { className: 'prompt', lang: view.language }, view.command),
      drawInputs(inputs),
      drawOutcome(view, options),
      drawReplies(view, options),
    ),
  );
  return message;
}

/** A letter in a colour of its own, so that people are told apart at a glance. */
function drawAvatar(name, isYou) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 6;
  return element('span', { className: `avatar colour-${isYou ? 'you' : sum}`, 'aria-hidden': 'true' }, Array.from(name)[0].toUpperCase());
}

const drawTime = (at) => element('time', { dateTime: new Date(at).toISOString(), title: sayFullTime(at) }, sayClock(at));

function drawOrigin({ origin, task }) {
  const how = origin?.how ?? (task === 'imagine' ? undefined : 'reply');
  return how === undefined ? undefined : element('span', { className: 'origin' }, word(`origin-${how}`));
}

function drawOutcome(view, options) {
  const { state, status, answer, language } = view;
  if (state === 'removed') return element('p', { className: 'removed' }, icon('remove'), status);
  if (state === 'refused')
    return element(
      'div',
      { className: 'outcome' },
      element('p', { className: 'refusal', lang: language }, status),
      drawActions(view, options.doing),
    );
  if (answer === undefined)
    return element('div', { className: 'outcome' }, drawWaiting(view, options), !view.isCancelling && drawActions(view, options.doing));
  const { pictures, title } = answer;
  return element(
    'div',
    { className: 'outcome' },
    element('h2', { className: 'title', lang: language }, title),
    element(
      'div',
      { className: pictures.length > 1 ? 'pictures several' : 'pictures' },
      ...pictures.map((picture) => drawFrame(picture, language, options)),
    ),
    drawFacts(answer),
    drawPrompt(view, options),
    drawActions(view, options.doing),
  );
}

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

function drawFrame(picture, language, { place }) {
  const sizes = place === 'channel' ? '(max-width: 40rem) 90vw, 28rem' : '(max-width: 40rem) 90vw, 26rem';
  const frame = element(
    'a',
    { href: picture.url, target: '_blank', rel: 'noopener', className: 'frame', title: word('picture-full') },
    drawPicture(picture, sizes, { lang: language }),
  );
  frame.style.setProperty('--ratio', String(picture.width / picture.height));
  return frame;
}

function drawFacts({ model, pictures, price, tookMs, notes }) {
  const [first] = pictures;
  const facts = [
    [word('label-model'), model.label],
    [word('label-size'), `${first.width}×${first.height}`],
    [word('label-seed'), pictures.map(({ seed }) => seed).join(', ')],
    [word('label-price'), price],
    [word('label-took'), sayDuration(tookMs)],
  ];
  const rows = facts.map(([label, value]) => element('div', {}, element('dt', {}, label), element('dd', {}, value)));
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
    small(word('prompt-edit'), () => void edit(view, answer.promptCommand, doing)),
  );
  return element('details', { className: 'used', open: true }, summary, ...words, choices);
}

function drawReplies(view, { replies, open }) {
  if (open === undefined) return undefined;
  const count = replies?.count ?? 0;
  const label = count === 0 ? word('thread-open') : count === 1 ? word('thread-one') : word('thread-many', { count });
  const last = count === 0 ? undefined : element('span', { className: 'last' }, word('thread-last', { time: sayClock(replies.lastAt) }));
  return element(
    'button',
    { type: 'button', className: count === 0 ? 'replies none' : 'replies', onclick: () => open(view) },
    icon('thread'),
    element('span', {}, label),
    last,
  );
}
