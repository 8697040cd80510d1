import { setTimeout as sleep } from 'node:timers/promises';
import { createChance } from '../simulation/chance.ts';
import type { People, Rage } from './arena.ts';
import type { Keeper } from './keeper.ts';
import { wishOf, type Wish } from './wish.ts';

const ASK_EVERY_MS = 350;
/** At first, and every so often, somebody asks for so much, one after the other, that it has to wait in line: only then can its order go wrong. */
const BURST_EVERY = 40;
const BURST_LENGTH = 12;
const KILL_EVERY_MS = 900;
const PAUSE_MAX_MS = 800;
/** Longer than a job's lock and two looks at it, so that somebody else has taken over when the frozen one thaws. */
const FREEZE_MS = 12_000;
const FREEZES = 0.15;
/** How often a program that is still starting dies of it: always would leave a slow machine without any program. */
const DIES_STARTING = 0.3;

/** People ask, from the first receipts on while somebody kills. Afterwards every program runs, none is frozen, and whoever asked has been told. */
export async function siege(plan: Rage, keepers: readonly Keeper[], people: People): Promise<void> {
  let over = false;
  const crowd = createCrowd(plan.seed, people);
  await crowd.burst();
  const asking = askAlong(plan, crowd, () => over);
  await killAround(plan, keepers);
  over = true;
  await asking;
}

interface Crowd {
  ask(): Promise<void>;
  /** One person asks for one thing after the other, each when the one before has its receipt. */
  burst(): Promise<void>;
}

function createCrowd(seed: number, people: People): Crowd {
  let number = 0;
  const next = (): Wish => wishOf(seed, (number += 1));
  return {
    ask: async () => people.ask(next()),
    async burst() {
      const wishes = Array.from({ length: BURST_LENGTH }, next);
      for (const wish of wishes) await people.ask({ ...wish, person: wishes[0]?.person ?? 0 });
    },
  };
}

/** An open loop: nobody waits for anybody else's answer. */
async function askAlong({ seed, askEveryMs = ASK_EVERY_MS }: Rage, crowd: Crowd, isOver: () => boolean): Promise<void> {
  const chance = createChance(seed);
  const asked: Promise<void>[] = [];
  for (let turn = 1; !isOver(); turn += 1) {
    asked.push(turn % BURST_EVERY === 0 ? crowd.burst() : crowd.ask());
    await sleep(2 * askEveryMs * chance.next());
  }
  await Promise.all(asked);
}

async function killAround({ seed, kills, killEveryMs = KILL_EVERY_MS }: Rage, keepers: readonly Keeper[]): Promise<void> {
  const chance = createChance(seed + 1);
  const frozen: Promise<void>[] = [];
  for (let count = 0; count < kills;) {
    await sleep(2 * killEveryMs * chance.next());
    const victim = keepers[chance.between(0, keepers.length - 1)];
    const [freezes, starting, pauseMs] = [chance.happens(FREEZES), chance.happens(DIES_STARTING), chance.between(0, PAUSE_MAX_MS)];
    if (victim === undefined || victim.isFrozen() || !(starting || victim.isUp())) continue;
    const others = keepers.filter((keeper) => keeper !== victim && keeper.program.freezes === true);
    if (freezes && victim.isUp() && victim.program.freezes === true && !others.some((keeper) => keeper.isFrozen())) {
      frozen.push(victim.freeze(FREEZE_MS));
    } else if (victim.kill(pauseMs)) count += 1;
  }
  await Promise.all(frozen);
}
