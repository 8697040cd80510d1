import { post } from './api.mjs';
import { createChannelView } from './channel.mjs';
import { createComposer } from './composer.mjs';
import { announce, byId } from './element.mjs';
import { listenToEvents } from './events.mjs';
import { createGallery } from './gallery.mjs';
import { openMask } from './mask.mjs';
import { createMemory } from './memory.mjs';
import { retryPictures } from './picture.mjs';
import { followLinks, go, onPlace, pathOf, readPlace } from './place.mjs';
import { createSidebar, nameOf } from './sidebar.mjs';
import { createThreadView } from './thread.mjs';
import { createUsage } from './usage.mjs';
import { word } from './words.mjs';

const memory = createMemory();
const sidebar = createSidebar();

/** What the buttons of a message do to the page. */
const doing = {
  reply: (view) => {
    open(view);
    thread.reply(view);
  },
  open: (view) => open(view),
  mask: (view, index) => void openMask(view, index, doing),
  use: (text) => {
    go({ view: 'chat', channel: readPlace().channel ?? 'general' });
    composer.write(text);
  },
  asked: (view, told) => {
    accepted(told);
    open(view);
  },
};

/** The stream may have been faster than the answer. */
function accepted(told, pictures) {
  memory.accepted(told, pictures);
  touch(told.id);
}

function touch(id) {
  for (const one of [channel, thread]) one.touch(id);
}

const channel = createChannelView({ doing, memory, open: (view) => open(view), example: (text) => composer.write(text) });
const thread = createThreadView({ doing, memory, onAccepted: accepted });
const gallery = createGallery({ doing });
const usage = createUsage();
const composer = createComposer({
  id: 'ask',
  label: word('ask-label'),
  placeholder: word('ask-placeholder'),
  drop: byId('chat'),
  where: () => ({ channel: channel.id() }),
  onAccepted: (told, pictures) => {
    accepted(told, pictures);
    channel.toEnd();
  },
});
byId('composer').append(composer.form);

/** The thread of a message, in its channel. What was asked in no room has none. */
function open(view) {
  const place = readPlace();
  const within = sidebarChannelOf(view.room) ?? (place.view === 'chat' ? place.channel : 'me');
  go({ view: 'chat', channel: within, topic: view.topic });
}

const sidebarChannelOf = (room) => sidebar.byRoom(room)?.id;

async function show(place) {
  for (const view of ['chat', 'gallery', 'usage']) byId(view).hidden = view !== place.view;
  sidebar.mark(place);
  byId('language').href = `${pathOf(place)}?lang=${byId('language').hreflang}`;
  if (place.view !== 'gallery') gallery.hide();
  if (place.view !== 'usage') usage.hide();
  document.body.classList.toggle('thread-open', place.view === 'chat' && place.topic !== undefined);
  if (place.view === 'gallery') {
    title(word('gallery'));
    return gallery.show(place.id);
  }
  if (place.view === 'usage') {
    title(word('usage'));
    await usage.show();
    return undefined;
  }
  return showChat(place);
}

async function showChat({ channel: id, topic }) {
  // A channel that was made a moment ago, here or by somebody else.
  if (sidebar.find(id) === undefined) await sidebar.refresh();
  const one = sidebar.find(id) ?? sidebar.find('general');
  title(nameOf(one));
  byId('channel-name').textContent = nameOf(one);
  byId('channel-about').textContent = word(
    one.kind === 'direct' ? 'about-direct' : one.kind === 'private' ? 'about-private' : 'about-open',
  );
  const isOther = channel.id() !== one.id;
  const [position] = await Promise.all([
    isOther ? channel.show(one) : undefined,
    thread.topic() === topic ? undefined : thread.show(topic),
  ]);
  return position;
}

function title(name) {
  document.title = `${name} · ${word('product')}`;
}

/** Everything that is shown, read anew. */
async function refresh() {
  await sidebar.refresh();
  const { view, topic } = readPlace();
  gallery.reset();
  const one = sidebar.find(channel.id());
  if (view === 'chat' && one !== undefined) await Promise.all([channel.show(one), thread.show(topic)]);
  sidebar.mark(readPlace());
}

const events = listenToEvents({
  change: (view) => {
    memory.forget(view);
    for (const one of [channel, thread, gallery]) one.change(view);
  },
  channels: () => void sidebar.refresh().catch(() => {}),
  reset: () => void refresh().catch(() => {}),
  online: (isOnline) => {
    const was = byId('offline').hidden;
    byId('offline').hidden = isOnline;
    // Whoever was signed out meanwhile is shown the way in.
    if (!isOnline) void sidebar.refresh().catch(() => {});
    if (!isOnline || was) return;
    announce(word('online-again'));
    retryPictures();
  },
});

byId('thread-close').addEventListener('click', () => {
  go({ view: 'chat', channel: readPlace().channel });
  composer.focus();
});
document.addEventListener('keydown', (event) => {
  const { view, channel: within, topic } = readPlace();
  if (
    event.key !== 'Escape' ||
    event.defaultPrevented ||
    view !== 'chat' ||
    topic === undefined ||
    document.querySelector('dialog[open]') !== null
  )
    return;
  go({ view: 'chat', channel: within });
  composer.focus();
});

byId('sign-out').addEventListener('click', () => void post('/api/sign-out').finally(() => location.assign('/')));

followLinks();
onPlace(
  (place) =>
    void show(place).catch(() => {
      byId('offline').hidden = false;
    }),
);
// The choice of a language is kept by the server: it need not stay in the address.
if (location.search !== '') history.replaceState(null, '', location.pathname);
try {
  await sidebar.refresh();
  events.begin(await show(readPlace()));
} catch {
  byId('offline').hidden = false;
  events.begin();
}
