import type { Scene, Shown } from './scene.ts';

/** What people see in the room where it was asked. */
export interface Seen {
  readonly answers: readonly string[];
  readonly announcements: number;
  readonly waiting: number;
}

export function seenIn(shown: readonly Shown[], room: number, scene: Scene): Seen {
  const here = shown.filter((message) => message.room === room);
  return {
    answers: here.flatMap(({ pictures }) => (pictures === '' ? [] : [pictures])),
    announcements: scene.announced(room),
    waiting: here.filter(({ isWaiting }) => isWaiting).length,
  };
}
