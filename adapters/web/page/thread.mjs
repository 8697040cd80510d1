import { get } from './api.mjs';
import { tellEnd } from './channel.mjs';
import { createComposer } from './composer.mjs';
import { byId, element } from './element.mjs';
import { drawMessage } from './message.mjs';
import { createMessageList } from './message-list.mjs';
import { createScroll } from './scroll.mjs';
import { word } from './words.mjs';

/**
 * One conversation, beside its channel: the request that began it and what was made of that.
 * @param {{ doing: object, memory: object, onAccepted: (told: object, pictures: File[]) => void }} options
 */
export function createThreadView({ doing, memory, onAccepted }) {
  const pane = byId('thread');
  const scroller = byId('thread-messages');
  const list = element('ol', { className: 'list', 'aria-label': word('thread') });
  const gone = element('p', { className: 'loading', hidden: true }, word('thread-gone'));
  scroller.append(gone, list);
  const { toEnd, keepingPlace } = createScroll(scroller, list);
  let topic;

  const messages = createMessageList(list, (view) => {
    const own = { place: 'thread', ...memory.of(view.id) };
    return { key: JSON.stringify([view, own]), draw: () => drawMessage(view, { ...own, doing }) };
  });
  const composer = createComposer({
    id: 'thread',
    label: word('thread-ask-label'),
    placeholder: word('thread-placeholder'),
    drop: pane,
    where: () => ({ topic }),
    onAccepted,
  });
  byId('thread-composer').append(composer.form);

  /** Words in a thread change its latest picture, unless somebody chose another one or none. */
  function aim() {
    composer.target(messages.views().findLast(({ answer }) => answer !== undefined && answer.clip === undefined));
  }

  return {
    topic: () => topic,
    reply: (view) => {
      composer.target(view);
      composer.focus();
    },
    focus: () => composer.focus(),
    show: async (one) => {
      const isOther = topic !== one;
      topic = one;
      pane.hidden = one === undefined;
      if (isOther) {
        messages.clear();
        composer.target(undefined);
        gone.hidden = true;
      }
      if (one === undefined) return;
      try {
        const { root, replies } = await get(`/api/threads/${one}`);
        if (one !== topic) return;
        for (const view of [root, ...replies]) messages.put(view);
        if (!isOther) return;
        aim();
        toEnd();
      } catch {
        gone.hidden = one !== topic || messages.views().length > 0;
      }
    },
    change: (view) => {
      if (topic === undefined || view.topic !== topic) return;
      const before = messages.get(view.id);
      keepingPlace(() => messages.put(view));
      if (before?.answer === undefined && view.answer !== undefined) aim();
      if (view.id !== topic) tellEnd(before, view);
    },
    touch: (id) => messages.touch(id),
  };
}
