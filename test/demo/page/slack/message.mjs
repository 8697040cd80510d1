import { avatar, element, icon, iconButton } from '../element.mjs';
import { confirmed, enlarge, openMenu } from '../dialog.mjs';
import { timeOf } from '../words.mjs';
import { drawBlocks } from './blocks.mjs';
import { marked } from './text.mjs';

/** @typedef {{ scene: any, word: (key: string, values?: object) => string, act: import('../window.mjs').Act, openThread: (ts: string) => void }} Room */

/** One message, in the channel or in a thread. In the channel it says how many replies there are. */
export function drawMessage(message, room, isInThread) {
  const { scene, word } = room;
  const author = scene.people[message.user] ?? { name: '?', isBot: false };
  const time = timeOf(Number(message.ts) * 1000, scene.me.locale);
  if (message.isEvent) return element('p', { className: 'event' }, marked(message.text, scene));
  const head = element(
    'div',
    { className: 'head' },
    element('b', {}, author.name),
    author.isBot && element('span', { className: 'app-tag' }, word('app')),
    element('time', {}, time),
    message.isEdited && element('small', { className: 'edited' }, word('edited')),
  );
  const body = element(
    'div',
    { className: 'body' },
    message.isWhispered && element('p', { className: 'whispered' }, icon('eye'), word('only-you')),
    head,
    element('div', { className: 'said' }, contentOf(message, room)),
    drawFiles(message.files, word),
    isInThread ? undefined : repliesOf(message, room),
  );
  const tools = message.isDeleted ? undefined : toolsOf(message, room, isInThread);
  const className = `message${message.isWhispered ? ' is-whispered' : ''}${message.isDeleted ? ' is-deleted' : ''}`;
  return element('article', { className, 'data-ts': message.ts }, avatar(author.name, author.isBot), body, tools);
}

function contentOf(message, room) {
  const { scene, word, act } = room;
  if (message.isDeleted) return [element('p', {}, word('deleted'))];
  const press = async (name, node) => {
    if (node.confirm !== undefined && !(await askFirst(node.confirm, node.style))) return;
    await act({ kind: 'press', place: message.place, message: message.ts, element: name });
  };
  // Clients show the text only where there are no blocks: otherwise it is for notifications.
  if (message.blocks.length > 0) return drawBlocks(message.blocks, scene, (...pressed) => void press(...pressed));
  return message.text === '' ? [] : [element('p', {}, marked(message.text, scene))];
}

export const askFirst = ({ title, text, confirm, deny }, style) =>
  confirmed({ title: title.text, text: text.text, yes: confirm.text, no: deny.text, isDanger: style === 'danger' });

const WIDTH_MAX = 400;
const HEIGHT_MAX = 360;

function drawFiles(files, word) {
  if (files.length === 0) return undefined;
  const drawn = files.map((file) => {
    if (file.isDeleted) return element('p', { className: 'file-gone' }, word('file-deleted'));
    if (file.isClip) return drawClip(file);
    if (!file.isPicture) return element('p', { className: 'file' }, file.name);
    const source = `/picture/${file.id}`;
    const alt = file.altText ?? file.title;
    const { width = 1024, height = 1024 } = file;
    const scale = Math.min(1, WIDTH_MAX / width, HEIGHT_MAX / height);
    const picture = element('img', {
      src: source,
      alt,
      width: Math.round(width * scale),
      height: Math.round(height * scale),
      loading: 'lazy',
    });
    const open = element('button', { type: 'button', className: 'picture', onclick: () => enlarge(source, alt, word) }, picture);
    return element('figure', {}, element('figcaption', {}, file.title), open);
  });
  return element('div', { className: files.length > 1 ? 'files several' : 'files' }, drawn);
}

/** Slack's own player: it begins when somebody presses it. */
function drawClip({ id, title, name }) {
  const player = element('video', {
    className: 'clip',
    src: `/picture/${id}`,
    controls: true,
    preload: 'metadata',
    title,
    width: WIDTH_MAX,
  });
  player.setAttribute('aria-label', title);
  return element('figure', {}, element('figcaption', {}, name), player);
}

function repliesOf({ replies = [], status, ts }, { scene, word, openThread }) {
  const bar = element('button', { type: 'button', className: 'replies', onclick: () => openThread(ts) });
  if (replies.length > 0) {
    const people = [...new Set(replies.map(({ user }) => user))].slice(0, 4).map((id) => scene.people[id] ?? { name: '?', isBot: false });
    const last = timeOf(Number(replies.at(-1).ts) * 1000, scene.me.locale);
    bar.append(
      ...people.map(({ name, isBot }) => avatar(name, isBot)),
      element('b', {}, replies.length === 1 ? word('one-reply') : word('replies', { count: replies.length })),
      element('span', {}, last),
    );
  }
  const nodes = [...(replies.length > 0 ? [bar] : []), ...(status === undefined ? [] : [drawStatus(status, scene, () => openThread(ts))])];
  return nodes.length === 0 ? undefined : element('div', { className: 'below' }, nodes);
}

/** What the bot says that it is doing, which is no message. */
export function drawStatus(status, { people, bot }, onclick) {
  const words = element('span', {}, element('b', {}, people[bot.id]?.name ?? ''), ` ${status}`);
  return element('button', { type: 'button', className: 'status', onclick }, element('i', { className: 'dots' }), words);
}

function toolsOf(message, room, isInThread) {
  const { scene, word, act, openThread } = room;
  const { place, ts } = message;
  const shortcuts = scene.shortcuts
    .filter(({ type }) => type === 'message')
    .map(({ name, description }) => ({ label: name, hint: description, run: () => act({ kind: 'shortcut', name, place, message: ts }) }));
  const isMine = message.user === scene.me.id || scene.me.isAdmin;
  const remove = { label: word('delete'), isDanger: true, run: () => act({ kind: 'remove', place, message: ts }) };
  const items = [...(message.isWhispered ? [] : shortcuts), ...(isMine && !message.isWhispered ? [remove] : [])];
  return element(
    'div',
    { className: 'tools' },
    !isInThread && !message.isWhispered && iconButton('thread', word('reply-in-thread'), () => openThread(ts)),
    items.length > 0 && iconButton('more', word('more'), (event) => openMenu(event.currentTarget, items)),
  );
}
