import { describe, expect, it } from 'vitest';
import { changeForm } from '#adapters/discord/form.ts';
import { specs } from '#workers/models/catalogue.ts';

describe('the form for a picture that was pointed at', () => {
  it('offers the models that can be used, and neither those that are gone nor those that never were', () => {
    const example = specs.map(({ card }) => card).find(({ tasks }) => tasks.includes('transform'));
    if (example === undefined) throw new Error('no model changes pictures');
    const cards = [
      { ...example, id: 'now', lifecycle: { status: 'active' } },
      { ...example, id: 'old', lifecycle: { status: 'legacy', on: undefined, successor: undefined } },
      { ...example, id: 'gone', lifecycle: { status: 'retired', on: undefined, successor: undefined } },
      { ...example, id: 'not-here', lifecycle: { status: 'never', successor: undefined } },
    ] as const;
    const { component } = changeForm('en', 'discord-1', cards, 1).components[3] ?? {};
    expect(component).toMatchObject({ custom_id: 'model', options: [{ value: 'now' }, { value: 'old' }] });
  });
});
