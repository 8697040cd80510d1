import { element, icon } from './element.mjs';
import { drawOutcome } from './outcome.mjs';
import { drawInputs } from './picture.mjs';
import { sayClock, sayFullTime, word } from './words.mjs';

/**
 * One request as a message: what was asked, and what came of it.
 * @param {object} view
 * @param {{ place: 'channel' | 'thread' | 'gallery', doing: object, previews?: string[], estimateMs?: number, replies?: { count: number, lastAt: number }, open?: (view: object) => void }} options
 */
export function drawMessage(view, options) {
  const { id, state, asker, acceptedAt } = view;
  const name = asker.isYou ? word('you') : (asker.name ?? word('somebody'));
  const message = element('article', { className: `message ${state}`, 'aria-label': word('message-of', { name }) });
  message.dataset.id = id;
  const inputs = options.previews ?? view.inputs;
  message.append(
    drawAvatar(name, asker.isYou),
    element(
      'div',
      { className: 'said' },
      element('p', { className: 'who' }, element('strong', {}, name), drawTime(acceptedAt), drawOrigin(view)),
      state !== 'removed' && view.command !== '' && element('p', { className: 'prompt', lang: view.language }, view.command),
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

/** What kind of request it is, where the words alone would not say it. */
function drawOrigin({ origin, task }) {
  const isNew = origin === undefined || origin.how === 'reply' || origin.how === 'edit';
  const kind = task === 'imagine' ? undefined : task === 'video' || task === 'describe' ? task : 'reply';
  const how = isNew ? (kind ?? origin?.how) : origin.how;
  return how === undefined ? undefined : element('span', { className: 'origin' }, word(`origin-${how}`));
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
