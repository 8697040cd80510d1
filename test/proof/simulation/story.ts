import type { HistoryEvent } from '../history.ts';

/** A history as a person reads it: one line a moment, seconds first. */
export function tellStory(history: readonly HistoryEvent[]): string {
  return history.map((event) => `${(event.at / 1000).toFixed(3).padStart(9)}  ${sentenceOf(event)}`).join('\n');
}

function sentenceOf(event: HistoryEvent): string {
  switch (event.kind) {
    case 'asked':
      return `${event.person} asks for ${event.id} (${event.pictures} pictures) in ${event.thread}`;
    case 'told':
      return `${event.id}: told ${event.said} ${event.code ?? ''}`;
    case 'handed':
      return `${event.id}: handed to a worker, rank ${event.rank}`;
    case 'unqueued':
      return `${event.id}: whoever was told does not know whether the queue has it`;
    case 'listed':
      return `${event.id}: listed at place ${event.place}`;
    case 'begun':
    case 'charged':
    case 'kept':
      return `${event.id}: picture ${event.picture} ${event.kind} ${event.costMicros ?? ''}${staleness(event.stale)}`;
    case 'killed':
    case 'frozen':
    case 'ambiguous':
      return `  *** ${[event.kind, event.process, event.call].filter((word) => word !== undefined).join(' ')} (${event.ids?.join(', ') ?? 'anything'})`;
    case 'shown':
      return `${event.id}: shows "${event.answer}"${staleness(event.stale)}`;
    case 'closed':
      return `${event.id}: ends with "${event.answer}", ${event.bookedMicros} booked for pictures${staleness(event.stale)}`;
    case 'started':
      return `  ${event.process} starts`;
    case 'flushed':
      return '  the queue forgets everything';
    case 'faults':
      return event.on ? '  faults begin' : '  faults end';
  }
}

const staleness = (stale: boolean | undefined): string => (stale === true ? ' [by a worker that had lost the job]' : '');
