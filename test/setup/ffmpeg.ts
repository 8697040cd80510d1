import { findProgram } from './programs.ts';
import type { Service } from './server.ts';

export const findFfmpegProgram = (): string | undefined => findProgram(['ffmpeg']);

/** A program that runs when it is called, so there is nothing to start here. */
export const offerFfmpeg = (program: string): Promise<Service> => Promise.resolve({ address: program, stop: () => Promise.resolve() });
