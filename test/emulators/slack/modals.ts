import type { Ids } from './ids.ts';
import { compact, isObject, objectsIn, textOf, type JsonObject } from './json.ts';
import { refuse } from './refusal.ts';

const STACK_MAX = 3;

export interface OpenView {
  readonly id: string;
  readonly teamId: string;
  readonly userId: string;
  readonly kind: 'modal' | 'home';
  /** The view as the product gave it, checked. */
  content: JsonObject;
  hash: string;
  readonly rootId: string;
  readonly previousId: string | undefined;
  /** What stands under an input after a submission was refused. */
  errors: JsonObject;
  /** What the person has entered so far, by block and action. */
  state: JsonObject;
}

export interface Modals {
  open(teamId: string, userId: string, content: JsonObject): OpenView;
  /** On top of the one it was asked from. Refuses `push_limit_reached`. */
  push(below: OpenView, content: JsonObject): OpenView;
  /** Refuses `hash_conflict`. */
  update(view: OpenView, content: JsonObject, hash?: string): OpenView;
  publish(teamId: string, userId: string, content: JsonObject, hash?: string): OpenView;
  find(teamId: string, by: { readonly viewId?: string | undefined; readonly externalId?: string | undefined }): OpenView | undefined;
  home(userId: string): OpenView | undefined;
  /** The modal in front of the person. */
  top(userId: string): OpenView | undefined;
  stack(userId: string): readonly OpenView[];
  closeTop(userId: string): void;
  closeAll(userId: string): void;
}

export const inputBlocks = ({ content }: OpenView): JsonObject[] =>
  objectsIn(content['blocks']).filter(({ type, element }) => type === 'input' && isObject(element));

/** The view as payloads and answers show it. */
export function viewObject(view: OpenView, owner: { readonly appId: string; readonly botId: string }): JsonObject {
  const { content } = view;
  return compact({
    id: view.id,
    team_id: view.teamId,
    type: view.kind,
    blocks: content['blocks'],
    private_metadata: textOf(content['private_metadata']) ?? '',
    callback_id: textOf(content['callback_id']) ?? '',
    state: { values: view.state },
    hash: view.hash,
    title: content['title'],
    clear_on_close: content['clear_on_close'] ?? false,
    notify_on_close: content['notify_on_close'] ?? false,
    close: content['close'] ?? null,
    submit: content['submit'] ?? null,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: owner.appId,
    external_id: textOf(content['external_id']) ?? '',
    app_installed_team_id: view.teamId,
    bot_id: owner.botId,
  });
}

export function createModals(ids: Ids, changed: () => void): Modals {
  const stacks = new Map<string, OpenView[]>();
  const homes = new Map<string, OpenView>();
  const stackOf = (userId: string): OpenView[] => stacks.get(userId) ?? [];
  const all = (): OpenView[] => [...[...stacks.values()].flat(), ...homes.values()];
  const newHash = (): string => ids.secret('h').slice(2, 22);

  function claim(teamId: string, content: JsonObject, except?: OpenView): void {
    const externalId = textOf(content['external_id']);
    if (externalId === undefined) return;
    const owner = modals.find(teamId, { externalId });
    if (owner !== undefined && owner !== except) refuse('duplicate_external_id');
  }

  function create(teamId: string, userId: string, content: JsonObject, below?: OpenView): OpenView {
    const id = ids.next('V');
    const kind = content['type'] === 'home' ? 'home' : 'modal';
    const rootId = below?.rootId ?? id;
    return { id, teamId, userId, kind, content, hash: newHash(), rootId, previousId: below?.id, errors: {}, state: {} };
  }

  const modals: Modals = {
    open(teamId, userId, content) {
      claim(teamId, content);
      const view = create(teamId, userId, content);
      stacks.set(userId, [view]);
      changed();
      return view;
    },
    push(below, content) {
      claim(below.teamId, content);
      const stack = stackOf(below.userId);
      if (!stack.includes(below)) refuse('not_found');
      if (stack.length >= STACK_MAX) refuse('push_limit_reached');
      const view = create(below.teamId, below.userId, content, below);
      stacks.set(below.userId, [...stack, view]);
      changed();
      return view;
    },
    update(view, content, hash) {
      if (hash !== undefined && hash !== view.hash) refuse('hash_conflict');
      claim(view.teamId, content, view);
      Object.assign(view, { content, hash: newHash(), errors: {} });
      changed();
      return view;
    },
    publish(teamId, userId, content, hash) {
      const known = homes.get(userId);
      if (known !== undefined) return modals.update(known, content, hash);
      const view = create(teamId, userId, content);
      homes.set(userId, view);
      changed();
      return view;
    },
    find: (teamId, { viewId, externalId }) =>
      all().find(
        (view) =>
          view.teamId === teamId &&
          (viewId === undefined ? externalId !== undefined && view.content['external_id'] === externalId : view.id === viewId),
      ),
    home: (userId) => homes.get(userId),
    top: (userId) => stackOf(userId).at(-1),
    stack: stackOf,
    closeTop(userId) {
      stacks.set(userId, stackOf(userId).slice(0, -1));
      changed();
    },
    closeAll(userId) {
      stacks.delete(userId);
      changed();
    },
  };
  return modals;
}
