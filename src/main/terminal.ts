import { createInterface } from 'node:readline/promises';
import type { ReadStream, WriteStream } from 'node:tty';

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

const YES = /^\s*(?:y|yes|c|có|co|ừ|ok)\s*$/iu;

/** Asks at the terminal and resolves with whether the answer was yes; undefined where nobody sits at one. No answer is a no. */
export function createQuestion(
  input: Pick<ReadStream, 'isTTY'> & NodeJS.ReadableStream,
  output: Pick<WriteStream, 'isTTY'> & NodeJS.WritableStream,
  signal: AbortSignal,
): ((text: string) => Promise<boolean>) | undefined {
  if (!input.isTTY || !output.isTTY) return undefined;
  return async (text) => {
    const asking = createInterface({ input, output });
    // Neither an interrupt nor the end of the input is a yes.
    const gone = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
    const answer = await Promise.race([asking.question(`${text} `, { signal }).catch(() => ''), gone]);
    asking.close();
    return YES.test(answer);
  };
}
