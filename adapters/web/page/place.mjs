/** Where the page is. The address says it, so that it survives a reload and can be sent to somebody. */
export function readPlace(path = location.pathname) {
  const [, view = '', first, second] = path.split('/').map(decodeURIComponent);
  if (view === 'gallery') return { view: 'gallery', id: first };
  if (view === 'usage') return { view: 'usage' };
  return { view: 'chat', channel: view === 'c' ? first : 'general', topic: view === 'c' ? second : undefined };
}

export function pathOf({ view, channel, topic, id }) {
  if (view === 'gallery') return id === undefined ? '/gallery' : `/gallery/${encodeURIComponent(id)}`;
  if (view === 'usage') return '/usage';
  if (topic !== undefined) return `/c/${encodeURIComponent(channel)}/${encodeURIComponent(topic)}`;
  return channel === 'general' ? '/' : `/c/${encodeURIComponent(channel)}`;
}

const changes = new EventTarget();

/** Goes there without loading the page anew. */
export function go(place, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', pathOf(place));
  changes.dispatchEvent(new Event('change'));
}

/** @param {(place: ReturnType<typeof readPlace>) => void} listener */
export function onPlace(listener) {
  changes.addEventListener('change', () => listener(readPlace()));
  addEventListener('popstate', () => listener(readPlace()));
}

/** Lets links inside the page be followed without loading it; a click that wants a new window gets one. */
export function followLinks() {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-inside]') : null;
    if (link === null || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(readPlace(new URL(link.href).pathname));
  });
}
