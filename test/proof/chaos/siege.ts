import { setTimeout as sleep } from 'node:timers/promises';
import { createChance } from '../simulation/chance.ts';
import type { People, Rage } from './arena.ts';
import type { Keeper } from './keeper.ts';
import { wishOf } from './wish.ts';

const ASK_EVERY_MS = 350;
const KILL_EVERY_MS = 900;
const PAUSE_MAX_MS = 800;
/** Longer than a job's lock and two looks at it, so that somebody else has taken over when the frozen one thaws. */
const FREEZE_MS = 12_000;
const FREEZES = 0.15;
/** How often a program that is still starting dies of it: always would leave a slow machine without any program. */
const DIES_STARTING = 0.3;

/** People ask for as long as somebody kills. Afterwards every program runs, none is frozen, and whoever asked has been told. */
export async function siege(plan: Rage, keepers: readonly Keeper[], people: People): Promise<void> {
  let over = false;
  const asking = askAlong(plan, people, () => over);
  await killAround(plan, keepers);
  over = true;
  await asking;
}

/** An open loop: nobody waits for anybody else's answer. */
async function askAlong({ seed, askEveryMs = ASK_EVERY_MS }: Rage, people: People, isOver: () => boolean): Promise<void> {
  const chance = createChance(seed);
  const asked: Promise<void>[] = [];
  for (let number = 1; !isOver(); number += 1) {
    asked.push(people.ask(wishOf(seed, number)));
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
