import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment, Scale } from '../bot.ts';
import type { ChatBot } from '../chat/bot.ts';
import type { ChatName } from '../chat/start.ts';
import { toFigure, type Figure, type Target } from '../figure.ts';
import { childrenCpuMsOf, cpuMsOf, memoryOf } from '../process.ts';
import { startClips, type ClipStandIn, type Poll } from '../stand-in/start-clips.ts';

/** Of a worker with its default settings. */
const AT_ONCE = 4;
const [TINY, USUAL] = [
  { clips: 2, lighter: 1, idleMs: 200, waitingMs: 11_000 },
  { clips: 10, lighter: 3, idleMs: 4000, waitingMs: 16_000 },
];
/** How many people can ask at once is another figure's. */
const ASKED_A_SECOND = 3;
const LOOK_MS = 200;
const SHOWN_MAX_MS = 240_000;
const MINUTE_MS = 60_000;
/** Nobody has promised anything of one that is gateway and worker in one. */
const MEMORY_TARGET = { most: 200 };
/** Every five seconds at most: a clip takes minutes. */
const POLLS_TARGET = { median: 12 };

/**
 * Clips of 20 MB, several in the making at once: what waiting for them costs, and what it takes to fetch, keep and show them, in Slack as they are. Of
 * the program that makes them; what ffmpeg takes is counted apart.
 */
export async function measure(environment: Environment, scale: Scale): Promise<Figure[]> {
  const { clips, idleMs, waitingMs } = scale === 'tiny' ? TINY : USUAL;
  return inChat('slack', 'clips', environment, clips, async (studio) => [
    ...(await wait(studio, idleMs, waitingMs)),
    ...(await show(studio)),
  ]);
}

/** The same clips in Discord, made lighter for its limit of 10 MiB. What a tutorial says of a file that is too heavy is that it is too heavy. */
export async function measureLighter(environment: Environment, scale: Scale): Promise<Figure[]> {
  if (environment.configuration === 'control') return [];
  const { lighter } = scale === 'tiny' ? TINY : USUAL;
  return inChat('discord', 'clips, made lighter', environment, lighter, async (studio) => {
    await begin(studio);
    return show(studio);
  });
}

interface Studio {
  readonly bot: ChatBot;
  readonly clips: ClipStandIn;
  readonly count: number;
  /** The program that makes them. */
  readonly pid: number;
  figure(name: string, unit: string, values: readonly number[], target?: Target): Figure;
}

async function inChat(
  name: ChatName,
  prefix: string,
  { configuration, openChat }: Environment,
  count: number,
  work: (studio: Studio) => Promise<Figure[]>,
): Promise<Figure[]> {
  const clips = await startClips();
  try {
    const isControl = configuration === 'control';
    const settings = { ...clips.settings, HOAMI_CLIPS_AT_ONCE: String(count) };
    // The control has no line of its own for what only waits.
    const bot = await openChat(name, { modelTimeMs: 0, atOnce: isControl ? count : AT_ONCE, clips: settings });
    try {
      const pid = bot.pidOf(bot.programs.at(-1) ?? '');
      const target = bot.programs.includes('worker') ? MEMORY_TARGET : undefined;
      const figure: Studio['figure'] = (what, unit, values, promised) =>
        toFigure({ name: `${prefix}: ${what}`, configuration, unit, rounds: [values], target: promised });
      const memory = async (): Promise<Awaited<ReturnType<typeof memoryOf>>> => memoryOf(pid);
      const idle = await memory();
      const figures = await work({ bot, clips, count, pid, figure });
      return [
        ...figures,
        figure('memory, idle', 'MiB', [idle.nowMiB]),
        figure('memory at its most', 'MiB', [(await memory()).mostMiB], target),
      ];
    } finally {
      await bot.close();
    }
  } finally {
    await clips.stop();
  }
}

/** Everybody asks. Resolves when the service has begun all of their clips. */
async function begin({ bot, clips, count }: Studio): Promise<void> {
  const { turnedAway } = await bot.chat.ask(count, ASKED_A_SECOND, 'clip');
  if (turnedAway > 0) throw new Error(`${turnedAway} of ${count} clips were turned away`);
  await until('begun', async () => (await clips.begun()) >= count);
}

/** While all of them are in the making: what one look for a clip costs beside the program's being there, and how often one is looked for. */
async function wait(studio: Studio, idleMs: number, waitingMs: number): Promise<Figure[]> {
  const { clips, pid, figure } = studio;
  const spentIn = async (ms: number): Promise<number> => {
    const before = await cpuMsOf(pid);
    await sleep(ms);
    return (await cpuMsOf(pid)) - before;
  };
  const idle = (await spentIn(idleMs)) / idleMs;
  await begin(studio);
  const before = (await clips.polls()).length;
  const spentMs = (await spentIn(waitingMs)) - idle * waitingMs;
  const polls = await clips.polls();
  return [
    figure('processor time a poll', 'ms', [Math.max(0, spentMs) / Math.max(1, polls.length - before)]),
    figure(
      'polls a minute of one that is in the making',
      '1/min',
      gapsOf(polls).map((gapMs) => MINUTE_MS / gapMs),
      POLLS_TARGET,
    ),
  ];
}

/** Between two polls for the same clip, in milliseconds. */
function gapsOf(polls: readonly Poll[]): number[] {
  return polls.flatMap(({ arn, at }, index) => {
    const next = polls.slice(index + 1).find((later) => later.arn === arn);
    return next === undefined ? [] : [next.at - at];
  });
}

/** The clips are made now. Resolves when each of them can be seen where it was asked for. */
async function show({ bot, clips, count, pid, figure }: Studio): Promise<Figure[]> {
  const [before, childrenBefore] = await Promise.all([cpuMsOf(pid), childrenCpuMsOf(pid)]);
  clips.finish();
  await until('shown', async () => (await bot.chat.look()).every((shown) => shown > 0));
  const [after, childrenAfter] = await Promise.all([cpuMsOf(pid), childrenCpuMsOf(pid)]);
  return [
    figure('processor time a clip', 'ms', [(after - before) / count]),
    figure('processor time of ffmpeg a clip', 'ms', [(childrenAfter - childrenBefore) / count]),
  ];
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const startedAt = performance.now(); !(await isSo()); await sleep(LOOK_MS))
    if (performance.now() - startedAt > SHOWN_MAX_MS) throw new Error(`not all clips were ${what}`);
}
