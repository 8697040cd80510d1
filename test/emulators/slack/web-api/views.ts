import { viewObject, type OpenView } from '../modals.ts';
import { refuse } from '../refusal.ts';
import { takeView } from '../surfaces.ts';
import type { Trigger } from '../triggers.ts';
import { method, name, ok, text, type Caller, type Desk } from './method.ts';

const shown = (desk: Desk, { app }: Caller, view: OpenView) =>
  ok({ view: viewObject(view, { appId: desk.world.appId, botId: app.botId }) });

function takeTrigger(desk: Desk, caller: Caller, id: string): Trigger {
  const trigger = desk.triggers.take(id);
  return trigger.teamId === caller.team.id ? trigger : refuse('invalid_trigger_id');
}

function takeModal(desk: Desk, caller: Caller, view: string) {
  const content = takeView(desk, view, { teamId: caller.team.id, where: caller.where });
  if (content['type'] !== 'modal') {
    desk.record.violate('invalid_arguments', `${caller.where}: a home is published`);
    refuse('invalid_arguments');
  }
  return content;
}

const open = method({
  name: 'views.open',
  tier: 4,
  args: { trigger_id: name, view: text },
  run(args, desk, caller) {
    const content = takeModal(desk, caller, args.view);
    const { userId } = takeTrigger(desk, caller, args.trigger_id);
    desk.record.tell(`(a form opens in front of ${desk.world.nameOf(userId)})`);
    return shown(desk, caller, desk.modals.open(caller.team.id, userId, content));
  },
});

const push = method({
  name: 'views.push',
  tier: 4,
  args: { trigger_id: name, view: text },
  run(args, desk, caller) {
    const content = takeModal(desk, caller, args.view);
    const { viewId } = takeTrigger(desk, caller, args.trigger_id);
    if (viewId === undefined) refuse('not_found');
    const below = desk.modals.find(caller.team.id, { viewId }) ?? refuse('not_found');
    return shown(desk, caller, desk.modals.push(below, content));
  },
});

const update = method({
  name: 'views.update',
  tier: 4,
  args: { view: text, view_id: name.optional(), external_id: name.optional(), hash: name.optional() },
  run(args, desk, caller) {
    const content = takeModal(desk, caller, args.view);
    if (args.view_id === undefined && args.external_id === undefined) refuse('missing_argument');
    const view = desk.modals.find(caller.team.id, { viewId: args.view_id, externalId: args.external_id }) ?? refuse('not_found');
    return shown(desk, caller, desk.modals.update(view, content, args.hash));
  },
});

const publish = method({
  name: 'views.publish',
  tier: 4,
  args: { user_id: name, view: text, hash: name.optional() },
  run(args, desk, caller) {
    if (desk.manifest.features.app_home?.home_tab_enabled !== true) refuse('not_enabled');
    const content = takeView(desk, args.view, { teamId: caller.team.id, where: caller.where });
    if (content['type'] !== 'home') refuse('invalid_arguments');
    if (desk.world.people.get(args.user_id)?.teamId !== caller.team.id) refuse('user_not_found');
    desk.record.tell(`(the home of ${desk.world.nameOf(args.user_id)} is new)`);
    return shown(desk, caller, desk.modals.publish(caller.team.id, args.user_id, content, args.hash));
  },
});

export const viewMethods = [open, push, update, publish];
