import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '#src/sandbox/listen.ts';
import { openWire, type Incoming, type Outgoing } from '#src/sandbox/http.ts';
import { createAnswers } from './picture.ts';

/**
 * A program of its own that answers every InvokeModel with a picture of 2 MB after so many milliseconds (first argument). It checks nothing and paints
 * nothing, so that what is measured is the bot. `GET /calls` tells how many pictures were ordered. Ends with its standard input.
 */
const modelTimeMs = Number(process.argv[2]);
const nextAnswer = createAnswers();
let calls = 0;

async function answer(incoming: Incoming, outgoing: Outgoing): Promise<void> {
  const wire = openWire(incoming, outgoing);
  if (incoming.method === 'GET') {
    outgoing.end(String(calls));
    return;
  }
  calls += 1;
  incoming.resume();
  if (modelTimeMs > 0) await sleep(modelTimeMs);
  if (!wire.isOpen()) return;
  const [head, tail] = nextAnswer();
  outgoing.setHeader('content-type', 'application/json');
  outgoing.setHeader('content-length', head.byteLength + tail.byteLength);
  if ('stream' in outgoing) {
    outgoing.write(head);
    outgoing.end(tail);
    return;
  }
  outgoing.write(head);
  outgoing.end(tail);
}

const { port } = await listen('127.0.0.1', 0, (incoming, outgoing) => void answer(incoming, outgoing));
process.stdout.write(`http://127.0.0.1:${port}\n`);
process.stdin.resume().once('close', () => process.exit(0));
