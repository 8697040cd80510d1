import { createComposer } from './composer.mjs';
import { createFeed } from './feed.mjs';

const composer = createComposer((id, picture) => {
  feed.preview(id, picture);
  return feed.refresh();
});
const feed = createFeed((command) => composer.write(command));
await feed.refresh();
