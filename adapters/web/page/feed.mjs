import { drawCard } from './card.mjs';
import { language, word } from './words.mjs';

const POLL_MS = 1000;
const RETRY_MS = 4000;

const byId = (id) => document.getElementById(id);
const choices = () => document.querySelectorAll('[data-whose]');
const oldestOf = (requests) => requests.toSorted((left, right) => left.acceptedAt - right.acceptedAt)[0];
const isOpen = ({ state }) => state === 'queued' || state === 'running';

async function getJson(path, search) {
  const response = await fetch(`${path}?${new URLSearchParams({ ...search, lang: language })}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** The list of requests, newest first. It asks again every second while one of them is open and somebody looks. */
export function createFeed(onAgain) {
  const shown = new Map();
  const previews = createPreviews();
  let whose = 'mine';
  let timer;

  /** Draws a card again only when it changed, so that focus, selection and pictures stay as they are. */
  function place(request, position) {
    const preview = previews.of(request);
    const text = JSON.stringify([request, preview]);
    const known = shown.get(request.id);
    if (known?.text === text) return;
    const card = drawCard(request, onAgain, preview);
    insert(card, known?.card, position);
    if (known !== undefined && isOpen(known.request)) announce(request);
    shown.set(request.id, { request, text, card });
  }

  async function refresh() {
    const asked = whose;
    try {
      const { requests, more } = await getJson('/api/requests', { whose });
      if (asked !== whose) return;
      for (const [position, request] of requests.entries()) place(request, position);
      if (shown.size === requests.length) byId('more').hidden = !more;
      byId('empty').hidden = shown.size > 0;
      byId('offline').hidden = true;
      schedule(POLL_MS);
    } catch {
      retry();
    }
  }

  function retry() {
    byId('offline').hidden = false;
    schedule(RETRY_MS);
  }

  function schedule(waitMs) {
    clearTimeout(timer);
    const open = [...shown.values()].some(({ request }) => isOpen(request));
    if (!document.hidden && (open || !byId('offline').hidden)) timer = setTimeout(refresh, waitMs);
  }

  async function showOlder() {
    const asked = whose;
    const oldest = oldestOf([...shown.values()].map(({ request }) => request));
    try {
      const { requests, more } = await getJson('/api/requests', { whose, before: `${oldest.acceptedAt},${oldest.id}` });
      if (asked !== whose) return;
      for (const request of requests) place(request, shown.size);
      byId('more').hidden = !more;
    } catch {
      retry();
    }
  }

  async function show(choice) {
    whose = choice;
    for (const button of choices()) button.setAttribute('aria-pressed', String(button.dataset.whose === choice));
    shown.clear();
    byId('feed').replaceChildren();
    await refresh();
  }

  for (const button of choices()) button.addEventListener('click', () => void show(button.dataset.whose));
  byId('more').addEventListener('click', () => void showOlder());
  document.addEventListener('visibilitychange', () => void (document.hidden || refresh()));
  return { refresh, preview: previews.keep };
}

function insert(card, former, position) {
  if (former === undefined) byId('feed').insertBefore(card, byId('feed').children[position] ?? null);
  else former.replaceWith(card);
}

/** Pictures that this page has sent. The server shows nobody what was sent, only what was made of it. */
function createPreviews() {
  const addresses = new Map();
  return {
    keep: (id, picture) => void (picture !== undefined && addresses.set(id, URL.createObjectURL(picture))),
    /** Nothing once the server has something to show. */
    of: ({ id, inputs }) => {
      if (inputs.length > 0 && addresses.has(id)) {
        URL.revokeObjectURL(addresses.get(id));
        addresses.delete(id);
      }
      return addresses.get(id);
    },
  };
}

/** For people who do not see the picture appear. */
function announce({ state, status, answer }) {
  if (state === 'made') byId('news').textContent = word('announce-made', { title: answer.title });
  if (state === 'refused') byId('news').textContent = word('announce-refused', { reason: status });
}
