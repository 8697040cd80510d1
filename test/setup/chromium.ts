import { findProgram } from './programs.ts';
import type { Service } from './server.ts';

const MAC_FOLDERS = ['/Applications/Chromium.app/Contents/MacOS', '/Applications/Google Chrome.app/Contents/MacOS'];

export const findChromium = (): string | undefined =>
  findProgram(['chromium', 'chromium-browser', 'google-chrome', 'Chromium', 'Google Chrome'], MAC_FOLDERS);

/** Each test starts a browser of its own, so there is nothing to start here. */
export const offerChromium = (program: string): Promise<Service> => Promise.resolve({ address: program, stop: () => Promise.resolve() });
