import { get, post } from './api.mjs';
import { openDialog } from './dialog.mjs';
import { byId, element, icon } from './element.mjs';
import { go, pathOf } from './place.mjs';
import { channelNameLength, word } from './words.mjs';

const ICONS = { open: 'hash', private: 'lock', direct: 'person' };

export const nameOf = ({ id, name }) => name ?? word(`channel-${id}`);

/** The list of channels, and where else one can go. On a telephone it lies over the page until somebody has chosen. */
export function createSidebar() {
  const list = byId('channels');
  const side = byId('side');
  const opener = byId('menu');
  let channels = [];
  let others = [];
  let current;

  function draw() {
    list.replaceChildren(...channels.map((channel) => element('li', {}, drawLink(channel))));
    mark();
  }

  function drawLink(channel) {
    const link = element(
      'a',
      { href: pathOf({ view: 'chat', channel: channel.id }), className: 'side-link', 'data-inside': true },
      icon(ICONS[channel.kind]),
      element('span', {}, nameOf(channel)),
    );
    link.dataset.channel = channel.id;
    return link;
  }

  function mark() {
    for (const link of side.querySelectorAll('a.side-link')) {
      const isHere =
        current !== undefined && (current.view === 'chat' ? link.dataset.channel === current.channel : link.dataset.view === current.view);
      if (isHere) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }

  function close() {
    document.body.classList.remove('side-open');
    opener.setAttribute('aria-expanded', 'false');
  }

  opener.addEventListener('click', () => {
    const isOpen = document.body.classList.toggle('side-open');
    opener.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) side.querySelector('a, button').focus();
  });
  byId('veil').addEventListener('click', close);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !document.body.classList.contains('side-open')) return;
    close();
    opener.focus();
  });
  byId('new-channel').addEventListener('click', () => void makeChannel(others));

  return {
    refresh: async () => {
      ({ channels, others } = await get('/api/channels'));
      draw();
      return channels;
    },
    find: (id) => channels.find((channel) => channel.id === id),
    byRoom: (room) => channels.find((channel) => channel.room === room),
    mark: (place) => {
      current = place;
      mark();
      close();
    },
  };
}

async function makeChannel(others) {
  const name = element('input', { type: 'text', maxLength: channelNameLength, required: true, autofocus: true, autocomplete: 'off' });
  const problem = element('p', { className: 'problem', role: 'alert' });
  const members = others.map(({ id, name: label }) =>
    element('label', { className: 'check' }, element('input', { type: 'checkbox', value: id }), label),
  );
  const isPrivate = element('input', { type: 'checkbox' });
  const people = element('fieldset', { className: 'people', hidden: true }, element('legend', {}, word('channel-members')), ...members);
  isPrivate.addEventListener('change', () => {
    people.hidden = !isPrivate.checked;
  });
  const made = await openDialog(word('channel-new'), (close) => {
    const submit = async (event) => {
      event.preventDefault();
      const chosen = [...people.querySelectorAll('input:checked')].map(({ value }) => value);
      try {
        close(await post('/api/channels', { name: name.value, ...(isPrivate.checked ? { members: chosen } : {}) }));
      } catch (error) {
        problem.textContent = word(error.status === 409 ? 'channel-too-many' : 'send-failed');
      }
    };
    return [
      element(
        'form',
        { onsubmit: submit },
        element('label', { className: 'field' }, word('channel-name'), name),
        ...(others.length === 0 ? [] : [element('label', { className: 'check' }, isPrivate, word('channel-private')), people]),
        problem,
        element(
          'div',
          { className: 'dialog-actions' },
          element('button', { type: 'submit', className: 'button strong' }, word('channel-make')),
        ),
      ),
    ];
  });
  if (made !== undefined) go({ view: 'chat', channel: made.id });
}
