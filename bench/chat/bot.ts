import { setTimeout as sleep } from 'node:timers/promises';
import { openHouse } from '#test/flows/house.ts';
import { createPrograms, type Program } from '../programs.ts';
import { startStandIn, type StandIn } from '../stand-in/start.ts';
import { startChat, type Chat, type ChatName } from './start.ts';

/** A bot that is connected to a chat, whoever wrote it: the product in one of its configurations, or the control. */
export interface ChatBot {
  readonly chat: Chat;
  readonly model: StandIn;
  /** Its programs, the one that people's words reach first. */
  readonly programs: readonly string[];
  pidOf(program: string): number;
  /** SIGKILL for all of it, as when a machine goes; then it is started again. Resolves when it is connected again. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export interface ChatOptions {
  readonly modelTimeMs: number;
  /** How many pictures it may have painted at a time. */
  readonly atOnce: number;
  /** What it has to be told of the service that makes clips, where it is to make some. */
  readonly clips?: Readonly<Record<string, string>>;
}

export interface ChatBotOptions extends ChatOptions {
  readonly name: ChatName;
  readonly programs: readonly Program[];
  readonly settings: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

const CONNECTED_MAX_MS = 30_000;

/** Opens the chat, the stand-in for the model and the bot between them, each in processes of their own. */
export async function openChatBot(options: ChatBotOptions): Promise<ChatBot> {
  const [chat, model] = await Promise.all([startChat(options.name), startStandIn(options.modelTimeMs)]);
  const ours = { BEDROCK_ENDPOINT: model.url, HOAMI_LOG_LEVEL: 'info', HOAMI_QUEUE_LIMIT: '100000' };
  const house = await openHouse({ ...ours, HOAMI_LANGUAGE: 'en', HOAMI_CONCURRENCY: String(options.atOnce) });
  const theirs = { AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL_BEDROCK_RUNTIME: model.url };
  const programs = createPrograms(
    house,
    options.programs,
    { ...theirs, ...chat.settings, ...options.settings, ...options.clips },
    () => {},
  );
  const start = async (): Promise<void> => {
    for (const name of programs.names) await programs.start(name);
    for (const startedAt = performance.now(); (await chat.connections()) === 0; await sleep(50))
      if (performance.now() - startedAt > CONNECTED_MAX_MS) throw new Error(`nobody has connected to ${options.name}`);
  };
  await start();
  return {
    chat,
    model,
    programs: programs.names,
    pidOf: programs.pidOf,
    async crash() {
      await Promise.all(programs.names.map(async (name) => programs.kill(name)));
      await start();
    },
    async close() {
      await programs.stop();
      await Promise.all([chat.stop(), model.stop()]);
      await house.close();
      await options.close();
    },
  };
}
