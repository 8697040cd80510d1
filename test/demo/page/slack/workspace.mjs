import { createComposer } from '../composer.mjs';
import { openMenu } from '../dialog.mjs';
import { avatar, element, icon, iconButton } from '../element.mjs';
import { arrange, stayAtEnd } from '../keyed.mjs';
import { wordsFor } from '../words.mjs';
import { drawMessage, drawStatus } from './message.mjs';
import { suggestionsIn } from './suggest.mjs';
import { createModals, drawHome } from './view.mjs';

/**
 * The workspace of one person: places at the side, one of them open, a thread beside it.
 * @param {HTMLElement} root
 * @param {import('../window.mjs').Act} act
 */
export function mountSlack(root, act) {
  const side = element('nav', { className: 'side' });
  const main = element('main', { className: 'main' });
  const beside = element('aside', { className: 'thread', hidden: true });
  root.append(side, main, beside);
  const seen = new Map();
  let scene;
  let word;
  let here;
  let tab = 'messages';
  let threadTs;
  let parts;
  let threadParts;
  const room = () => ({ scene: { ...scene, here }, word, act, openThread });
  const modals = createModals(room);
  const placeHere = () => scene.places.find(({ id }) => id === here);
  const nameOf = ({ kind, name }) => (kind === 'im' ? scene.people[scene.bot.id].name : `#${name}`);

  function openPlace(id) {
    here = id;
    tab = 'messages';
    side.classList.remove('open');
    closeThread();
    buildMain();
    draw();
  }

  function openThread(ts) {
    threadTs = ts;
    beside.hidden = false;
    root.classList.add('has-thread');
    buildThread();
    draw();
    threadParts.composer.focus();
  }

  function closeThread() {
    threadTs = undefined;
    beside.hidden = true;
    root.classList.remove('has-thread');
  }

  function composerFor(placeholder, ts) {
    const thread = ts === undefined ? {} : { thread: ts };
    const send = (text, files) =>
      void act(
        { kind: 'say', place: here, text, ...thread },
        files.map((file) => ({ field: '', file })),
      );
    const globals = scene.shortcuts.filter(({ type }) => type === 'global');
    const items = globals.map(({ name, description }) => ({ label: name, hint: description, run: () => act({ kind: 'shortcut', name }) }));
    const shortcuts = iconButton('bolt', word('shortcuts'), (event) => openMenu(event.currentTarget, items));
    const suggest = (text, caret, put) => suggestionsIn(text, caret, put, scene, ts !== undefined);
    return createComposer({ word, placeholder, send, suggest, tools: ts === undefined && items.length > 0 ? [shortcuts] : [] });
  }

  function buildMain() {
    const place = placeHere();
    const isApp = place.kind === 'im';
    const list = element('div', { className: 'list', role: 'log', tabIndex: 0 });
    const home = element('div', { className: 'home' });
    const composer = composerFor(word('message', { place: nameOf(place) }));
    const note = element('span', { className: 'note' });
    const title = element(
      'h1',
      {},
      isApp ? avatar(nameOf(place), true) : icon(place.kind === 'private' ? 'lock' : 'hash'),
      isApp ? nameOf(place) : place.name,
    );
    const menu = iconButton('menu', word('places'), () => side.classList.toggle('open'));
    menu.classList.add('only-narrow');
    const tabs = isApp ? element('div', { className: 'tabs', role: 'tablist' }) : undefined;
    main.replaceChildren(element('header', { className: 'top' }, menu, title, note), ...(tabs ? [tabs] : []), home, list, composer.node);
    parts = { list, home, composer, note, tabs, isNew: true };
  }

  function showTab(name) {
    tab = name;
    if (name === 'home') void act({ kind: 'home' });
    draw();
  }

  function drawMain() {
    const place = placeHere();
    const { list, home, composer, note, tabs } = parts;
    const bot = scene.people[scene.bot.id].name;
    note.textContent = place.kind === 'im' ? '' : word(place.hasBot ? 'bot-here' : 'bot-not-here', { bot });
    const isHome = tab === 'home';
    if (tabs !== undefined) {
      const drawn = ['home', 'messages'].map((name) =>
        element('button', { type: 'button', role: 'tab', 'aria-selected': String(tab === name), onclick: () => showTab(name) }, word(name)),
      );
      tabs.replaceChildren(...drawn);
    }
    home.hidden = !isHome;
    list.hidden = isHome;
    composer.node.hidden = isHome;
    if (isHome) return home.replaceChildren(...(scene.home === undefined ? [] : drawHome(scene.home, room())));
    stayAtEnd(list, () => arrange(list, messagesOf(place), keyOf, drawItem));
    if (parts.isNew) list.scrollTop = list.scrollHeight;
    parts.isNew = false;
  }

  const messagesOf = (place) => (place.messages.length === 0 ? [{ ts: 'welcome', welcome: nameOf(place) }] : place.messages);
  const keyOf = ({ ts }) => ts;
  const drawItem = (message) => (message.welcome === undefined ? drawMessage(message, room(), false) : welcome(message.welcome));

  function welcome(name) {
    const example = scene.me.locale.startsWith('vi')
      ? '/imagine một chiếc thuyền đỏ lúc bình minh --ar 16:9'
      : '/imagine a red boat at sunrise --ar 16:9';
    const tryIt = element(
      'button',
      { type: 'button', className: 'button', onclick: () => parts.composer.write(example) },
      word('try-this', { example }),
    );
    return element('div', { className: 'welcome' }, element('h2', {}, word('welcome', { place: name })), tryIt);
  }

  function buildThread() {
    const place = placeHere();
    const list = element('div', { className: 'list', role: 'log', tabIndex: 0 });
    const composer = composerFor(word('message-reply'), threadTs);
    const title = element('h2', {}, word('thread'), element('small', {}, nameOf(place)));
    beside.replaceChildren(
      element(
        'header',
        { className: 'top' },
        title,
        iconButton('close', word('close'), () => (closeThread(), draw())),
      ),
      list,
      composer.node,
    );
    threadParts = { list, composer, isNew: true };
  }

  function drawThread() {
    if (threadTs === undefined) return;
    const rootMessage = placeHere().messages.find(({ ts }) => ts === threadTs);
    if (rootMessage === undefined) return closeThread();
    const { replies, status, ...first } = rootMessage;
    const count = { ts: 'count', count: replies.length };
    const doing = status === undefined ? [] : [{ ts: 'status', status }];
    const { list } = threadParts;
    const make = (item) => {
      if (item.count !== undefined)
        return element('p', { className: 'count' }, item.count === 1 ? word('one-reply') : word('replies', item));
      return item.status === undefined ? drawMessage(item, room(), true) : drawStatus(item.status, scene, () => {});
    };
    stayAtEnd(list, () => arrange(list, [first, ...(replies.length > 0 ? [count] : []), ...replies, ...doing], keyOf, make));
    if (threadParts.isNew) list.scrollTop = list.scrollHeight;
    threadParts.isNew = false;
  }

  function drawSide() {
    const newest = ({ messages }) =>
      messages
        .flatMap((message) => [message, ...message.replies])
        .filter(({ user }) => user !== scene.me.id)
        .at(-1)?.ts;
    const current = placeHere();
    seen.set(here, newest(current));
    const row = (place) => {
      const isUnread = newest(place) !== undefined && seen.get(place.id) !== newest(place);
      const mark = place.kind === 'im' ? avatar('', true) : icon(place.kind === 'private' ? 'lock' : 'hash');
      const properties = { type: 'button', className: `place${isUnread ? ' unread' : ''}`, onclick: () => openPlace(place.id) };
      return element(
        'button',
        { ...properties, 'aria-current': place.id === here ? 'page' : undefined },
        mark,
        place.kind === 'im' ? nameOf(place) : place.name,
      );
    };
    const channels = scene.places.filter(({ kind }) => kind !== 'im');
    const direct = scene.places.filter(({ kind }) => kind === 'im');
    side.replaceChildren(
      element('h2', { className: 'team' }, scene.team),
      element('h3', {}, word('channels')),
      ...channels.map(row),
      element('h3', {}, word('apps')),
      ...direct.map(row),
      element('p', { className: 'me' }, avatar(scene.me.name, false), scene.me.name),
    );
  }

  function draw() {
    drawSide();
    drawMain();
    drawThread();
    modals.draw(scene.modal);
  }

  return {
    draw(next) {
      const isFirst = scene === undefined;
      scene = next;
      word = wordsFor(scene.me.locale);
      if (isFirst) {
        here = scene.places[0].id;
        for (const { id } of scene.places) seen.set(id, undefined);
        buildMain();
      }
      draw();
    },
  };
}
