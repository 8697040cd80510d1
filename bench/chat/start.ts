import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import type { Wish } from './stage.ts';
import { askedSchema, openingSchema, replySchema, type Asked, type Order } from './orders.ts';

export type ChatName = 'slack' | 'discord';

/** A platform that is running, with people who do what they are told: one thing at a time. Rejects with what went wrong there. */
export interface Chat {
  readonly settings: Readonly<Record<string, string>>;
  /** How many connections of the bot are open. */
  connections(): Promise<number>;
  /** So many people ask: all at once, or so many a second whatever becomes of them. Resolves when each was answered, or was not. */
  ask(count: number, perSecond?: number, wish?: Wish): Promise<Asked>;
  /** So many ask one after the other: the milliseconds from each command until everybody in the channel could see its picture. */
  wait(count: number): Promise<readonly number[]>;
  /** How many pictures, or clips, there are by now for each who asked last. */
  look(): Promise<readonly number[]>;
  /** What the bot did that no correct program does. */
  judge(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export async function startChat(name: ChatName): Promise<Chat> {
  const child = fork(join(import.meta.dirname, 'server.ts'), [name], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const next = async (): Promise<unknown> => {
    const gone = ended.then(() => Promise.reject(new Error(`the ${name} of the bench has ended`)));
    const [message]: readonly unknown[] = await Promise.race([once(child, 'message'), gone]);
    return message;
  };
  const settings = openingSchema.parse(await next());
  const tell = async <Result>(order: Order, schema: z.ZodType<Result>): Promise<Result> => {
    const replied = next();
    child.send(order);
    const reply = replySchema.parse(await replied);
    if ('error' in reply) throw new Error(reply.error);
    return schema.parse(reply.result);
  };
  return {
    settings,
    connections: async () => tell({ do: 'count-connections' }, z.int()),
    ask: async (count, perSecond, wish = 'picture') => tell({ do: 'ask', count, perSecond, wish }, askedSchema),
    wait: async (count) => tell({ do: 'wait', count }, z.array(z.number())),
    look: async () => tell({ do: 'look' }, z.array(z.int())),
    judge: async () => tell({ do: 'judge' }, z.array(z.string())),
    async stop() {
      child.disconnect();
      await ended;
    },
  };
}
