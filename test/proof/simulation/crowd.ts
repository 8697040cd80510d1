import type { Ask } from '#src/core/platform.ts';
import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';
import type { Gateway, House } from './house.ts';
import { hold } from './life.ts';
import { CHAT, FILTERED, idOf, MAILBOX, WICKED } from './outside.ts';
import type { Recorder } from './wire.ts';

export interface CrowdOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly record: Recorder;
  readonly house: House;
}

/** The people who ask, and the platforms that hand their commands over, sometimes twice, and again when nobody acknowledged. */
export interface Crowd {
  ask(number: number): void;
  /** Nothing will be handed over any more. */
  isQuiet(): boolean;
}

const REDELIVERED_AFTER_MS = 3000;
const DELIVERIES_MAX = 6;
const WORDS = ['a red fox', 'một con mèo', `a ${FILTERED} thing`, `a ${WICKED} plan`, 'a boat --ar 16:9', 'a boat --ar 7:99'] as const;

export function createCrowd({ clock, chance, record, house }: CrowdOptions): Crowd {
  let pending = 0;

  /** Hands one command over until somebody has acknowledged it. */
  function deliver(ask: Ask, pictures: number, times: number, isTold: () => boolean, tell: () => void): void {
    const again = (): void => {
      if (isTold() || times === DELIVERIES_MAX) pending -= 1;
      else deliver(ask, pictures, times + 1, isTold, tell);
    };
    clock.in(REDELIVERED_AFTER_MS, again);
    const gateways = house.gateways();
    const [first] = gateways;
    if (first === undefined) return;
    record({ kind: 'asked', id: ask.id, person: ask.requester.id, thread: JSON.stringify(ask.thread), pictures });
    void take(chance.of([first, ...gateways.slice(1)]), ask, tell);
    // Two gateways overlap, or the platform sends one message as two events.
    if (chance.happens(0.1)) clock.in(chance.between(0, 30), () => void take(chance.of([first, ...gateways.slice(1)]), ask, tell));
  }

  async function take({ life, ask: intake }: Gateway, ask: Ask, tell: () => void): Promise<void> {
    if (!life.isAlive() || life.isFrozen()) return;
    const release = hold(life, ask.id);
    const { receipt } = await intake(ask);
    life.whenAwake(() => {
      release();
      tell();
      const said = receipt.kind === 'accepted' ? 'accepted' : 'refused';
      record({ kind: 'told', id: ask.id, said, ...(receipt.kind === 'refused' ? { code: receipt.code } : {}) });
    });
  }

  return {
    isQuiet: () => pending === 0,
    ask(number) {
      pending += 1;
      let told = false;
      const count = chance.happens(0.2) ? 2 : 1;
      deliver(
        drawAsk(number, count, chance),
        count,
        1,
        () => told,
        () => {
          told = true;
        },
      );
    },
  };
}

function drawAsk(number: number, count: number, chance: Chance): Ask {
  const id = idOf(number);
  const words = chance.happens(0.8) ? WORDS[0] : chance.of(WORDS);
  const [prompt = '', ...flags] = words.split(' --');
  const platform = chance.of([CHAT, MAILBOX]);
  return {
    id,
    text: [`${prompt} ${number}`, ...flags].join(' --'),
    options: count === 1 ? {} : { count },
    images: chance.happens(0.1) ? [{ platform, source: id }] : [],
    thread: { platform, address: { room: chance.between(1, 2) } },
    requester: { id: chance.of(['lan', 'minh']) },
    tenant: 'home',
    locale: 'en',
  };
}
