import { get } from './api.mjs';
import { announce, byId, element } from './element.mjs';
import { drawEmpty } from './empty.mjs';
import { drawMessage } from './message.mjs';
import { createMessageList } from './message-list.mjs';
import { createScroll } from './scroll.mjs';
import { word } from './words.mjs';

/**
 * What is said in a channel, the latest at the bottom.
 * @param {{ doing: object, memory: object, open: (view: object) => void, example: (text: string) => void }} options
 */
export function createChannelView({ doing, memory, open, example }) {
  const { scroller, sentinel, loading, empty, list } = drawFrame(example);
  const scroll = createScroll(scroller, list);
  const reader = createReader();
  let channel;

  const messages = createMessageList(list, (view) => {
    const own = { place: 'channel', ...memory.of(view.id), replies: reader.replies(view.id) };
    return { key: JSON.stringify([view, own]), draw: () => drawMessage(view, { ...own, doing, open }) };
  });

  async function readOlder() {
    const [oldest] = messages.views();
    const found = oldest === undefined ? undefined : await reader.older(oldest).catch(() => undefined);
    if (found !== undefined) scroll.keepingPlace(() => found.messages.forEach(messages.put)).fromBelow();
  }

  /** Another channel's messages make room for those that are being read. */
  function begin(one) {
    const isOther = channel?.id !== one.id;
    channel = one;
    if (!isOther) return false;
    messages.clear();
    empty.hidden = true;
    loading.hidden = false;
    return true;
  }

  new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && void readOlder(), {
    root: scroller,
    rootMargin: '400px',
  }).observe(sentinel);

  return {
    id: () => channel?.id,
    /** Reads the channel anew; of the same one only what changed is drawn. Resolves with the position of the stream at which it was read. */
    show: async (one) => {
      const isOther = begin(one);
      try {
        const found = await reader.latest(one, messages.has);
        if (found === undefined) return undefined;
        if (!found.joins) messages.clear();
        scroll.keepingPlace(() => {
          found.messages.forEach(messages.put);
          Object.keys(found.replies).forEach(messages.touch);
        });
        empty.hidden = messages.views().length > 0;
        if (isOther) scroll.toEnd();
        return found.position;
      } finally {
        loading.hidden = true;
      }
    },
    /** Something changed; whatever belongs here is shown. */
    change: (view) => {
      if (channel === undefined || view.room !== channel.room) return;
      if (view.topic !== view.id) {
        if (reader.note(view)) scroll.keepingPlace(() => messages.touch(view.topic));
        return;
      }
      const before = messages.get(view.id);
      scroll.keepingPlace(() => messages.put(view));
      empty.hidden = true;
      tellEnd(before, view);
    },
    touch: (id) => scroll.keepingPlace(() => messages.touch(id)),
    toEnd: scroll.toEnd,
  };
}

/** Reads one channel at a time, from its end backwards, and knows how much was replied to its messages. */
function createReader() {
  let channel;
  let replies = {};
  let more = false;
  let isReading = false;

  /** Undefined when another channel was chosen meanwhile. */
  async function read(before) {
    const asked = channel;
    isReading = true;
    try {
      const found = await get(`/api/channels/${asked.id}/messages`, before === undefined ? {} : { before });
      if (asked.id !== channel.id) return undefined;
      replies = { ...replies, ...found.replies };
      return found;
    } finally {
      isReading = false;
    }
  }

  return {
    /** `joins`: something of it is known already. After a long absence there may be more in between than was read: then one begins anew at the end. */
    latest: async (one, knows) => {
      channel = one;
      const found = await read();
      if (found === undefined) return undefined;
      const joins = found.messages.some(({ id }) => knows(id));
      if (!joins) ({ more, replies } = found);
      return { ...found, joins };
    },
    older: async ({ acceptedAt, id }) => {
      if (!more || isReading) return undefined;
      const found = await read(`${acceptedAt},${id}`);
      if (found !== undefined) ({ more } = found);
      return found;
    },
    replies: (topic) => replies[topic],
    /** Whether this is a reply that was not counted yet. */
    note: ({ topic, acceptedAt }) => {
      const known = replies[topic] ?? { count: 0, lastAt: 0 };
      if (acceptedAt <= known.lastAt) return false;
      replies[topic] = { count: known.count + 1, lastAt: acceptedAt };
      return true;
    },
  };
}

/** For people who do not see the picture appear. */
export function tellEnd(before, { state, status, answer, description, asker }) {
  if (before === undefined || before.state === state || !asker.isYou) return;
  if (state === 'made') announce(word('announce-made', { title: answer.title }));
  if (state === 'described') announce(word('announce-described', { title: description.title }));
  if (state === 'refused') announce(word('announce-refused', { reason: status }));
}

function drawFrame(example) {
  const scroller = byId('messages');
  const sentinel = element('div', { className: 'sentinel' });
  const loading = element('p', { className: 'loading', role: 'status' }, word('loading'));
  const empty = drawEmpty(example);
  const list = element('ol', { className: 'list', 'aria-label': word('messages') });
  scroller.append(sentinel, loading, empty, list);
  return { scroller, sentinel, loading, empty, list };
}
