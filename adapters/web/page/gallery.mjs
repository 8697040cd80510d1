import { get } from './api.mjs';
import { byId, element } from './element.mjs';
import { createDetail } from './gallery-detail.mjs';
import { drawPicture } from './picture.mjs';
import { pathOf } from './place.mjs';
import { models, word } from './words.mjs';

const TYPING_MS = 250;
/** How far below what is seen it is read on. */
const AHEAD_PIXELS = 800;

/** Every result, newest first, by words and by model; more as one scrolls. */
export function createGallery({ doing }) {
  const status = byId('gallery-status');
  const sentinel = byId('gallery-end');
  const wall = createWall();
  const search = createSearch(() => void read());
  const detail = createDetail({ doing, step: wall.neighbour });
  let next;
  let asked = 0;
  let isReadingOn = false;
  let isOpen = false;
  let isRead = false;

  async function read(before) {
    asked += 1;
    const mine = asked;
    status.textContent = word('loading');
    try {
      const found = await get('/api/gallery', { ...search.wanted(), ...(before === undefined ? {} : { before }) });
      // Whoever has typed on meanwhile wants something else.
      if (mine !== asked) return;
      if (before === undefined) wall.clear();
      for (const view of found.results) wall.put(view);
      ({ next } = found);
      isRead = true;
      status.textContent = wall.isEmpty() ? word(search.isEverything() ? 'gallery-empty' : 'gallery-none') : '';
    } catch {
      if (mine === asked) status.textContent = word('gallery-failed');
    }
  }

  async function readOn() {
    if (!isOpen || next === undefined || isReadingOn) return;
    isReadingOn = true;
    const from = next;
    await read(from);
    isReadingOn = false;
    // Where little was found, the end may still be in sight.
    if (next !== from && sentinel.getBoundingClientRect().top < innerHeight + AHEAD_PIXELS) void readOn();
  }

  new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && void readOn(), {
    rootMargin: `${AHEAD_PIXELS}px`,
  }).observe(sentinel);

  return {
    show: async (id) => {
      isOpen = true;
      if (!isRead) await read();
      await detail.show(id, wall.get(id));
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
        wall.put(view, { first: true });
        status.textContent = '';
      }
      detail.change(view);
    },
  };
}

/** The tiles in their order. */
function createWall() {
  const grid = byId('gallery-grid');
  const shown = new Map();
  return {
    get: (id) => shown.get(id)?.view,
    has: (id) => shown.has(id),
    isEmpty: () => shown.size === 0,
    clear: () => {
      shown.clear();
      grid.replaceChildren();
    },
    put: (view, { first = false } = {}) => {
      if (shown.has(view.id)) return;
      const tile = drawTile(view);
      if (first) grid.prepend(tile);
      else grid.append(tile);
      shown.set(view.id, { view, tile });
    },
    remove: (id) => {
      shown.get(id)?.tile.remove();
      shown.delete(id);
    },
    neighbour: (id, by) => {
      const tiles = [...grid.children];
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
  const { pictures, title } = view.answer;
  const [picture] = pictures;
  const tile = element(
    'a',
    { className: 'tile', href: pathOf({ view: 'gallery', id: view.id }), 'data-inside': true, 'aria-label': `${title}. ${picture.alt}` },
    drawPicture({ ...picture, alt: '' }, '(max-width: 40rem) 50vw, 18rem'),
    element('span', { className: 'tile-words', lang: view.language }, element('span', {}, title)),
    pictures.length > 1 && element('span', { className: 'tile-count' }, `×${pictures.length}`),
  );
  tile.dataset.id = view.id;
  tile.style.setProperty('--ratio', `${picture.width / picture.height}`);
  return tile;
}
