import { enlarge, openMenu } from '../dialog.mjs';
import { avatar, element, icon, iconButton } from '../element.mjs';
import { timeOf } from '../words.mjs';
import { inline, markdown } from './markdown.mjs';

/**
 * @typedef {object} Room
 * @property {any} scene
 * @property {(key: string, values?: object) => string} word
 * @property {import('../window.mjs').Act} act
 * @property {(place: string, message?: string) => void} jump
 * @property {(message: any) => void} reply
 * @property {(id: string) => void} dismiss
 * @property {readonly any[]} messages those around it, for what it replies to
 */

const STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'secondary' };

export function drawMessage(message, room) {
  const { scene, word } = room;
  const name = scene.people[message.author] ?? '?';
  const isBot = message.author === scene.bot.id;
  const head = element(
    'div',
    { className: 'head' },
    element('b', {}, name),
    isBot && element('span', { className: 'app-tag' }, icon('check'), word('app')),
    element('time', {}, timeOf(message.at, scene.me.locale)),
  );
  const words = message.isThinking
    ? [element('p', { className: 'thinking' }, element('i', { className: 'dots' }), word('thinking', { bot: name }))]
    : [...markdown(message.text, room), ...(message.isEdited ? [element('small', { className: 'edited' }, word('edited'))] : [])];
  const body = element(
    'div',
    { className: 'body' },
    head,
    element('div', { className: 'said' }, words),
    drawPictures(message.pictures, word),
    message.rows.map((row) =>
      element(
        'div',
        { className: 'actions' },
        row.map((button) => drawButton(button, message, room)),
      ),
    ),
    message.selects.map((select) => drawSelect(select, message, room)),
    message.thread === undefined ? undefined : threadChip(message.thread, room),
    message.isWhispered ? whisperedNote(message, room) : undefined,
  );
  const classes = ['message', ...(message.isPing ? ['is-ping'] : []), ...(message.isWhispered ? ['is-whispered'] : [])];
  return element(
    'article',
    { className: classes.join(' '), 'data-id': message.id },
    above(message, room),
    avatar(name, isBot),
    body,
    toolsOf(message, room),
  );
}

/** What it replies to, or which command it answers. */
function above(message, room) {
  const { scene, word, jump, messages } = room;
  if (message.used !== undefined) {
    const by = scene.people[message.used.by] ?? '?';
    const command = scene.commands.find(({ name }) => name === message.used.command);
    return spine(avatar(by, false), word('used', { name: by, command: `/${command?.label ?? message.used.command ?? ''}` }));
  }
  if (message.repliesTo === undefined) return undefined;
  const original = messages.find(({ id }) => id === message.repliesTo);
  if (original === undefined) return spine(icon('reply'), element('i', {}, word('original-gone')));
  const author = scene.people[original.author] ?? '?';
  const preview = element(
    'span',
    { className: 'preview' },
    inline(original.text.replaceAll(/^(?:> |-# )/gm, '').replaceAll('\n', ' '), room),
  );
  const mark = original.pictures.length > 0 && icon('picture');
  const properties = { onclick: () => jump(original.place, original.id) };
  return spine(avatar(author, original.author === scene.bot.id), element('b', properties, author), preview, mark);
}

const spine = (...children) => element('div', { className: 'spine' }, ...children);

const WIDTH_MAX = 440;
const HEIGHT_MAX = 340;

function drawPictures(pictures, word) {
  if (pictures.length === 0) return undefined;
  const drawn = pictures.map(({ id, description, isSpoiler, width, height, isClip }) => {
    const source = `/picture/${id}`;
    if (isClip) return drawClip(source, description);
    const scale = Math.min(1, WIDTH_MAX / (width ?? WIDTH_MAX), HEIGHT_MAX / (height ?? HEIGHT_MAX));
    const size = { width: Math.round((width ?? WIDTH_MAX) * scale), height: Math.round((height ?? HEIGHT_MAX) * scale) };
    const picture = element('img', { src: source, alt: description, title: description, loading: 'lazy', ...size });
    const press = () => {
      if (shown.classList.contains('covered')) shown.classList.remove('covered');
      else enlarge(source, description, word);
    };
    const cover = isSpoiler && element('span', { className: 'cover', title: word('click-to-see') }, word('spoiler'));
    const shown = element('button', { type: 'button', className: `picture${isSpoiler ? ' covered' : ''}`, onclick: press }, picture, cover);
    return shown;
  });
  return element('div', { className: `pictures of-${Math.min(4, pictures.length)}` }, drawn);
}

/** Discord's own player: it begins when somebody presses it. */
function drawClip(source, description) {
  const player = element('video', {
    className: 'clip',
    src: source,
    controls: true,
    preload: 'metadata',
    title: description,
    width: WIDTH_MAX,
  });
  player.setAttribute('aria-label', description);
  return player;
}

function drawButton(button, message, { act }) {
  if (button.url !== undefined) {
    return element('a', { className: 'button secondary', href: button.url, target: '_blank', rel: 'noreferrer' }, button.label);
  }
  const press = async (event) => {
    const pressed = event.currentTarget;
    pressed.classList.add('pressed');
    await act({ kind: 'press', message: message.id, button: button.customId });
    pressed.classList.remove('pressed');
  };
  return element(
    'button',
    { type: 'button', className: `button ${STYLES[button.style]}`, disabled: button.disabled, onclick: press },
    button.label,
  );
}

function drawSelect(select, message, { act }) {
  const choose = (event) => act({ kind: 'choose', message: message.id, select: select.customId, values: [event.target.value] });
  const options = select.options.map(({ label, value }) => element('option', { value }, label));
  return element(
    'select',
    { className: 'button secondary', onchange: choose },
    element('option', { value: '' }, select.placeholder),
    options,
  );
}

function threadChip({ id, name, count }, { word, jump }) {
  return element(
    'button',
    { type: 'button', className: 'thread-chip', onclick: () => jump(id) },
    element('b', {}, name),
    element('span', {}, `${count === 1 ? word('one-message') : word('many-messages', { count })} ›`),
  );
}

const whisperedNote = ({ id }, { word, dismiss }) =>
  element(
    'p',
    { className: 'whispered' },
    icon('eye'),
    word('only-you'),
    ' · ',
    element('button', { type: 'button', className: 'link', onclick: () => dismiss(id) }, word('dismiss')),
  );

function toolsOf(message, room) {
  if (message.isWhispered) return undefined;
  const { scene, word, act, reply } = room;
  const menus = scene.menus.map(({ name, label }) => ({
    label,
    hint: `${word('apps-menu')} › ${scene.bot.name}`,
    run: () => act({ kind: 'menu', name, message: message.id }),
  }));
  const isMine = message.author === scene.me.id || scene.me.isAdmin;
  const remove = { label: word('delete'), isDanger: true, run: () => act({ kind: 'remove', message: message.id }) };
  const items = [...menus, ...(isMine ? [remove] : [])];
  return element(
    'div',
    { className: 'tools' },
    iconButton('reply', word('reply'), () => reply(message)),
    items.length > 0 && iconButton('more', word('more'), (event) => openMenu(event.currentTarget, items)),
  );
}
