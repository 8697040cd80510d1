import { language } from './words.mjs';

const RETRY_MS = [1000, 2000, 4000, 8000];

/**
 * What happens, as the server tells it. The browser takes up a broken connection by itself, from the last event it has heard; where it gives up, this
 * does. A page that nobody sees is not connected: browsers have few connections for one server, and every window would hold one.
 * @param {{ change: (view: object) => void, channels: () => void, reset: () => void, online: (isOnline: boolean) => void }} listeners
 */
export function listenToEvents(listeners) {
  let source;
  let last;
  let failures = 0;
  let timer;

  const heard = (event) => {
    if (event.lastEventId !== '') last = event.lastEventId;
    failures = 0;
    listeners.online(true);
  };

  function connect() {
    clearTimeout(timer);
    source?.close();
    if (document.hidden) return;
    source = new EventSource(`/api/events?${new URLSearchParams({ lang: language, ...(last === undefined ? {} : { since: last }) })}`);
    source.addEventListener('hello', heard);
    source.addEventListener('reset', (event) => {
      heard(event);
      listeners.reset();
    });
    source.addEventListener('channels', (event) => {
      heard(event);
      listeners.channels();
    });
    source.addEventListener('change', (event) => {
      heard(event);
      listeners.change(JSON.parse(event.data));
    });
    source.addEventListener('error', () => {
      listeners.online(false);
      // The browser comes again by itself only after a connection that broke, and it would not know the last event after one that was refused.
      source.close();
      clearTimeout(timer);
      timer = setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
    });
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) source?.close();
    else connect();
  });
  addEventListener('online', connect);
  addEventListener('offline', () => {
    source?.close();
    listeners.online(false);
  });
  return {
    /** Begins; `position` is where what is shown already was read. */
    begin: (position) => {
      last ??= position;
      connect();
    },
  };
}
