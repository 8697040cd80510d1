import { openWindow } from '../window.mjs';
import { mountDiscord } from './servers.mjs';

await openWindow('Discord', mountDiscord);
