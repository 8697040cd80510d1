import { get } from './api.mjs';
import { byId, element, icon } from './element.mjs';
import { createDetail } from './gallery-detail.mjs';
import { drawPicture } from './picture.mjs';
import { pathOf } from './place.mjs';
import { models, sayLength, word } from './words.mjs';

const TYPING_MS = 250;
/** How far below what is seen it is read on. */
const AHEAD_PIXELS = 800;

/** Every result, newest first, by words and by model; more as one scrolls. */
export function createGallery({ doing }) {
  const status = byId('gallery-status');
  const scroller = byId('gallery-scroller');
  const wall = createWall();
  const search = createSearch(() => void read());
  const detail = createDetail({ doing, step: wall.neighbour });
  let next;
  let asked = 0;
  let isReadingOn = false;
  let isOpen = false;
  let isRead = false;
  let position;

  async function read(before) {
    asked += 1;
    const mine = asked;
    status.textContent = word('loading');
    try {
      const found = await get('/api/gallery', { ...search.wanted(), ...(before === undefined ? {} : { before }) });
      // Whoever has typed on meanwhile wants something else.
      if (mine !== asked) return;
      if (before === undefined) wall.clear();
      wall.append(found.results);
      ({ next, position } = found);
      isRead = true;
      status.textContent = wall.isEmpty() ? word(search.isEverything() ? 'gallery-empty' : 'gallery-none') : '';
    } catch {
      if (mine === asked) status.textContent = word('gallery-failed');
    }
  }

  async function readOn() {
    if (!isOpen || isReadingOn || next === undefined || !isNearEnd(scroller)) return;
    const from = next;
    isReadingOn = true;
    await read(from);
    isReadingOn = false;
    if (next !== from) await readOn();
  }

  scroller.addEventListener('scroll', () => void readOn());
  new ResizeObserver(() => void readOn()).observe(scroller);

  return {
    /** Resolves with the position of the stream at which it was read. */
    show: async (id) => {
      isOpen = true;
      if (!isRead) await read();
      await detail.show(id, wall.get(id));
      return position;
    },
    hide: () => {
      isOpen = false;
      void detail.show(undefined);
    },
    /** After a time in which nobody listened, what is shown may be old. */
    reset: () => {
      if (isOpen) void read();
      else isRead = false;
    },
    change: (view) => {
      if (view.state === 'removed') wall.remove(view.id);
      else if (isRead && view.answer !== undefined && search.isEverything() && !wall.has(view.id)) {
        wall.insert(view);
        status.textContent = '';
      }
      detail.change(view);
    },
  };
}

const isNearEnd = ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight < AHEAD_PIXELS;

/**
 * The tiles in their order, a part for each time that more was read: what is far away is not laid out, so that the ten thousandth comes as fast as the
 * first.
 */
function createWall() {
  const grid = byId('gallery-grid');
  const shown = new Map();
  const addTo = (part, view) => {
    if (shown.has(view.id)) return;
    const tile = drawTile(view);
    part.append(tile);
    shown.set(view.id, { view, tile });
  };
  return {
    get: (id) => shown.get(id)?.view,
    has: (id) => shown.has(id),
    isEmpty: () => shown.size === 0,
    clear: () => {
      shown.clear();
      grid.replaceChildren();
    },
    append: (views) => {
      const part = element('div', { className: 'part' });
      for (const view of views) addTo(part, view);
      grid.append(part);
    },
    /** Puts a result where its time belongs. What is older than everything shown comes when it is read. */
    insert: (view) => {
      if (grid.firstChild === null) grid.append(element('div', { className: 'part' }));
      const tile = drawTile(view);
      const next = [...grid.querySelectorAll('.tile')].find(({ dataset }) => Number(dataset.at) < view.acceptedAt);
      if (next !== undefined) next.before(tile);
      else if (shown.size === 0) grid.firstChild.append(tile);
      else return;
      shown.set(view.id, { view, tile });
    },
    remove: (id) => {
      shown.get(id)?.tile.remove();
      shown.delete(id);
    },
    neighbour: (id, by) => {
      const tiles = [...grid.querySelectorAll('.tile')];
      const at = tiles.findIndex((tile) => tile.dataset.id === id);
      return at === -1 ? undefined : tiles[at + by]?.dataset.id;
    },
  };
}

function createSearch(onChange) {
  const words = byId('gallery-words');
  const model = byId('gallery-model');
  let timer;
  model.append(...models.map(({ id, label }) => element('option', { value: id }, label)));
  words.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => onChange(), TYPING_MS);
  });
  model.addEventListener('change', onChange);
  byId('gallery-search').addEventListener('submit', (event) => event.preventDefault());
  return {
    wanted: () => ({ words: words.value, model: model.value }),
    isEverything: () => words.value.trim() === '' && model.value === '',
  };
}

function drawTile(view) {
  const { pictures, title, clip } = view.answer;
  const [picture] = pictures;
  const length = clip === undefined ? undefined : sayLength(clip.durationMs);
  const label = `${title}. ${picture.alt}${length === undefined ? '' : `. ${word('label-duration')}: ${length}`}`;
  const tile = element(
    'a',
    { className: 'tile', href: pathOf({ view: 'gallery', id: view.id }), 'data-inside': true, 'aria-label': label },
    drawPicture({ ...picture, alt: '' }, '(max-width: 40rem) 50vw, 18rem'),
    element('span', { className: 'tile-words', lang: view.language }, element('span', {}, title)),
    pictures.length > 1 && element('span', { className: 'tile-count' }, `×${pictures.length}`),
    length !== undefined && element('span', { className: 'tile-count' }, icon('play'), length),
  );
  tile.dataset.id = view.id;
  tile.dataset.at = view.acceptedAt;
  tile.style.setProperty('--ratio', `${picture.width / picture.height}`);
  return tile;
}
