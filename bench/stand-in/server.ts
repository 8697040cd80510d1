import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '#src/sandbox/listen.ts';
import { openWire, type Incoming, type Outgoing } from '#src/sandbox/http.ts';
import { createAnswers } from './picture.ts';

/**
 * A program of its own that answers every InvokeModel with a picture of 2 MB after so many milliseconds (first argument). It checks nothing and paints
 * nothing, so that what is measured is the bot. `GET /calls` tells how many pictures were ordered; `GET /settings?modelTimeMs=1000&atOnceMax=10` changes
 * how long each takes and how many may be painted at once: whoever comes beside them is throttled. Ends with its standard input.
 */
let modelTimeMs = Number(process.argv[2]);
let atOnceMax = Infinity;
const nextAnswer = createAnswers();
let [calls, atOnce] = [0, 0];

async function answer(incoming: Incoming, outgoing: Outgoing): Promise<void> {
  if (incoming.method === 'GET') {
    const { searchParams } = new URL(incoming.url ?? '/', 'http://stand-in');
    modelTimeMs = Number(searchParams.get('modelTimeMs') ?? modelTimeMs);
    atOnceMax = Number(searchParams.get('atOnceMax') ?? atOnceMax);
    outgoing.end(String(calls));
    return;
  }
  incoming.resume();
  if (atOnce >= atOnceMax) return refuse(outgoing);
  calls += 1;
  atOnce += 1;
  try {
    await paint(openWire(incoming, outgoing), outgoing);
  } finally {
    atOnce -= 1;
  }
}

async function paint(wire: ReturnType<typeof openWire>, outgoing: Outgoing): Promise<void> {
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

/** As Bedrock does it for an account that has used up its places. */
function refuse(outgoing: Outgoing): void {
  outgoing.statusCode = 429;
  outgoing.setHeader('content-type', 'application/json');
  outgoing.setHeader('x-amzn-errortype', 'ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/');
  outgoing.end('{"message":"Too many requests, please wait before trying again."}');
}

const { port } = await listen('127.0.0.1', 0, (incoming, outgoing) => void answer(incoming, outgoing));
process.stdout.write(`http://127.0.0.1:${port}\n`);
process.stdin.resume().once('close', () => process.exit(0));
