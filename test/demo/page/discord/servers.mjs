import { createComposer } from '../composer.mjs';
import { avatar, element, icon, iconButton } from '../element.mjs';
import { arrange, stayAtEnd } from '../keyed.mjs';
import { wordsFor } from '../words.mjs';
import { createCommandBar } from './command.mjs';
import { createForms } from './form.mjs';
import { drawMessage } from './message.mjs';

/**
 * Discord for one person: servers, the channels and threads of one of them, one of those open.
 * @param {HTMLElement} root
 * @param {import('../window.mjs').Act} act
 */
export function mountDiscord(root, act) {
  const rail = element('nav', { className: 'rail' });
  const side = element('nav', { className: 'side' });
  const main = element('main', { className: 'main' });
  root.append(element('div', { className: 'places' }, rail, side), main);
  const seen = new Map();
  const dismissed = new Set();
  let scene;
  let word;
  let here;
  let answered;
  let parts;

  const placeHere = () => scene.places.find(({ id }) => id === here);
  const nameOf = ({ kind, name }) => (kind === 'direct' ? scene.bot.name : name);
  const messagesOf = ({ messages }) => messages.filter(({ id }) => !dismissed.has(id));
  const room = () => ({ scene, word, act, jump, reply, dismiss, messages: messagesOf(placeHere()) });
  const forms = createForms(room);

  function openPlace(id) {
    here = id;
    root.classList.remove('shows-places');
    buildMain();
    draw();
  }

  function jump(place, message) {
    if (place !== here && scene.places.some(({ id }) => id === place)) openPlace(place);
    if (message === undefined) return;
    const target = parts.list.querySelector(`[data-id="${CSS.escape(message)}"]`);
    target?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    target?.classList.add('found');
    setTimeout(() => target?.classList.remove('found'), 1600);
  }

  function dismiss(id) {
    dismissed.add(id);
    draw();
  }

  function reply(message) {
    answered = { message, pings: true };
    showAnswered();
    parts.composer.focus();
  }

  /** The line above the composer while a reply is being written. */
  function showAnswered() {
    const { answering } = parts;
    answering.hidden = answered === undefined;
    if (answered === undefined) return;
    const name = scene.people[answered.message.author] ?? '?';
    const toggle = () => {
      answered.pings = !answered.pings;
      showAnswered();
    };
    const stop = () => {
      answered = undefined;
      showAnswered();
    };
    answering.replaceChildren(
      element('span', {}, word('replying-to', { name })),
      element(
        'button',
        { type: 'button', className: 'ping', 'aria-pressed': String(answered.pings), onclick: toggle },
        `@ ${word('ping')}`,
      ),
      iconButton('close', word('close'), stop),
    );
  }

  function send(text, files) {
    const about = answered === undefined ? {} : { replyTo: answered.message.id, silently: !answered.pings };
    answered = undefined;
    showAnswered();
    void act(
      { kind: 'say', place: here, text, ...about },
      files.map((file) => ({ field: '', file })),
    );
  }

  /** Commands at the beginning of a line, names after an @. A command's name and a space begin it. */
  function suggest(text, caret, put) {
    const begun = /^\/(\S+)\s([\s\S]*)$/.exec(text);
    const meant = begun === null ? undefined : scene.commands.find(({ name, label }) => begun[1] === name || begun[1] === label);
    if (meant !== undefined) {
      beginCommand(meant, begun[2]);
      return [];
    }
    const before = text.slice(0, caret);
    const [, typedCommand] = /^\/(\S*)$/.exec(before) ?? [];
    if (typedCommand !== undefined) {
      return scene.commands
        .filter(({ name, label }) => name.startsWith(typedCommand) || label.startsWith(typedCommand))
        .map((command) => ({
          title: `/${command.label}`,
          hint: command.description,
          mark: avatar('', true),
          pick: () => beginCommand(command, ''),
        }));
    }
    const [, typed] = /(?:^|\s)@([\p{L}\p{N}_-]*)$/u.exec(before) ?? [];
    if (typed === undefined) return [];
    return Object.entries(scene.people)
      .filter(([id, name]) => id !== scene.me.id && name.toLowerCase().startsWith(typed.toLowerCase()))
      .map(([id, name]) => ({
        title: name,
        mark: avatar(name, id === scene.bot.id),
        pick: () => put(caret - typed.length, caret, `${name} `),
      }));
  }

  function beginCommand(command, first) {
    const place = here;
    const end = () => {
      bar.node.replaceWith(parts.composer.node);
      parts.composer.write('');
    };
    const bar = createCommandBar({
      command,
      first,
      word,
      leave: end,
      complain: (sentence) => parts.list.append(element('p', { className: 'complaint', role: 'alert' }, sentence)),
      send(values, files) {
        end();
        void act({ kind: 'command', place, name: command.name, values }, files);
      },
      complete: async (values, focused) => (await act({ kind: 'complete', place, name: command.name, values, focused })).choices ?? [],
    });
    parts.composer.node.replaceWith(bar.node);
    bar.focus();
  }

  function buildMain() {
    const place = placeHere();
    const mark = place.kind === 'direct' ? avatar('', true) : icon(place.kind === 'thread' ? 'thread' : 'hash');
    const menu = iconButton('menu', word('places'), () => root.classList.toggle('shows-places'));
    menu.classList.add('only-narrow');
    const list = element('div', { className: 'list', role: 'log', tabIndex: 0 });
    const answering = element('div', { className: 'answering', hidden: true });
    const shownName = place.kind === 'text' ? `#${place.name}` : nameOf(place);
    const composer = createComposer({ word, placeholder: word('message', { place: shownName }), send, suggest });
    main.replaceChildren(
      element('header', { className: 'top' }, menu, mark, element('h1', {}, nameOf(place))),
      list,
      answering,
      composer.node,
    );
    answered = undefined;
    parts = { list, answering, composer, isNew: true };
  }

  function drawMain() {
    const place = placeHere();
    const { list } = parts;
    const first = { id: 'welcome', welcome: place.kind === 'text' ? `#${place.name}` : nameOf(place), kind: place.kind };
    const drawItem = (item) => (item.welcome === undefined ? drawMessage(item, room()) : welcome(item));
    for (const complaint of list.querySelectorAll('.complaint')) complaint.remove();
    stayAtEnd(list, () => arrange(list, [first, ...messagesOf(place)], ({ id }) => id, drawItem));
    if (parts.isNew) list.scrollTop = list.scrollHeight;
    parts.isNew = false;
  }

  function welcome({ welcome: name, kind }) {
    const example = scene.me.locale.startsWith('vi') ? '/vẽ một chiếc thuyền đỏ lúc bình minh' : '/imagine a red boat at sunrise';
    const tryIt = element(
      'button',
      { type: 'button', className: 'button secondary', onclick: () => parts.composer.write(example) },
      word('try-this', { example }),
    );
    const mark =
      kind === 'direct' ? avatar('', true) : element('span', { className: 'big-mark' }, icon(kind === 'thread' ? 'thread' : 'hash'));
    return element('div', { className: 'welcome' }, mark, element('h2', {}, word('welcome', { place: name })), tryIt);
  }

  const newestIn = (place) =>
    messagesOf(place)
      .filter(({ author }) => author !== scene.me.id)
      .at(-1)?.id;
  const isUnread = (place) => newestIn(place) !== undefined && seen.get(place.id) !== newestIn(place);

  function drawSide() {
    const current = placeHere();
    seen.set(here, newestIn(current));
    const row = (place) =>
      element(
        'button',
        {
          type: 'button',
          className: `place ${place.kind}${isUnread(place) ? ' unread' : ''}`,
          'aria-current': place.id === here ? 'page' : undefined,
          onclick: () => openPlace(place.id),
        },
        place.kind === 'direct' ? avatar('', true) : icon(place.kind === 'thread' ? 'thread' : 'hash'),
        element('span', {}, nameOf(place)),
      );
    const isDirect = current.kind === 'direct';
    const inside = scene.places.filter(({ guild, kind }) => (isDirect ? kind === 'direct' : guild === current.guild));
    const channels = inside.filter(({ kind }) => kind !== 'thread');
    const rows = channels.flatMap((place) => [row(place), ...inside.filter(({ parentId }) => parentId === place.id).map(row)]);
    side.replaceChildren(
      element('h2', {}, isDirect ? word('direct-messages') : current.guild),
      element('div', { className: 'rows' }, rows),
      element('p', { className: 'me' }, avatar(scene.me.name, false), element('b', {}, scene.me.name)),
    );
    drawRail(current);
  }

  function drawRail(current) {
    const direct = scene.places.find(({ kind }) => kind === 'direct');
    const button = (label, mark, places, isHere) => {
      const unread = !isHere && places.some(isUnread) ? ' unread' : '';
      const properties = {
        type: 'button',
        className: `server${unread}`,
        title: label,
        'aria-label': label,
        'aria-current': isHere ? 'true' : undefined,
      };
      return element('button', { ...properties, onclick: () => openPlace(places[0].id) }, mark);
    };
    const initials = (name) =>
      name
        .split(' ')
        .map((part) => part.slice(0, 1))
        .join('');
    const servers = scene.servers.map((name) => {
      const places = scene.places.filter(({ guild }) => guild === name);
      return button(name, initials(name), places, current.guild === name);
    });
    rail.replaceChildren(button(word('direct-messages'), icon('thread'), [direct], current === direct), element('hr'), ...servers);
  }

  return {
    draw(next) {
      const isFirst = scene === undefined;
      scene = next;
      word = wordsFor(scene.me.locale);
      // A thread or a channel that is gone cannot be looked at any longer.
      if (isFirst || placeHere() === undefined) {
        here = scene.places.find(({ kind }) => kind === 'text').id;
        buildMain();
      }
      draw();
    },
  };

  function draw() {
    drawSide();
    drawMain();
    forms.draw(scene.modal);
  }
}
