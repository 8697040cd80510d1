import { openWindow } from '../window.mjs';
import { mountSlack } from './workspace.mjs';

await openWindow('Slack', mountSlack);
