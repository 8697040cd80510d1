import type { WriteStream } from 'node:tty';

const CLEAR_LINE = '\r\u001B[K';

/** Writes a text and ends its line. */
export function writeLine(stream: Pick<WriteStream, 'write'>, text: string): void {
  stream.write(`${text}\n`);
}

/** One line that says how far something is: overwritten in a terminal, written once for each change elsewhere. An empty text ends it. */
export function createProgressLine(stream: Pick<WriteStream, 'write' | 'isTTY'>): (text: string) => void {
  let shown = '';
  return (text) => {
    if (text === shown) return;
    shown = text;
    if (stream.isTTY) stream.write(`${CLEAR_LINE}${text === '' ? '' : `${text} …`}`);
    else if (text !== '') writeLine(stream, text);
  };
}
