import { everyControl } from '../../../lib/controls/every.ts';
import { controlsOf } from '../../../lib/controls/index.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { declaredTypes, undeclared } from '../../../lib/templates/declared/index.ts';
import { checkedIn, templateFrom } from '../checking.ts';

describe('types that templates declare', () => {
  it('are those of the catalogue, and say why where there are none', () => {
    const evaluated = resourceTypes.map(({ type }) => type).filter((type) => type in controlsOf);
    const both = declaredTypes.filter(({ type }) => type.type in undeclared);
    expect(both).toEqual([]);
    expect(declaredTypes.filter(({ type }) => !evaluated.includes(type.type))).toEqual([]);
    // Those that are left are listed in docs/reference/templates.md, which npm run generate writes.
    expect(declaredTypes.length).toBeGreaterThan(evaluated.length / 3);
  });
  it('names no type and no control that is not there', () => {
    const types = resourceTypes.map(({ type }) => type);
    expect(Object.keys(undeclared).filter((type) => !types.some((one) => one === type))).toEqual(
      [],
    );
    const ids = everyControl.map(({ id }) => id);
    const named = declaredTypes.flatMap(({ leftOut = {} }) => Object.keys(leftOut));
    expect(named.filter((id) => !ids.some((one) => one === id))).toEqual([]);
  });
  it.each(declaredTypes.map((type) => [type.as, type] as const))(
    'every call that controls of %s need is answered',
    async (as, { keeps }) => {
      const Resources = { It: { Type: as, Properties: {} } };
      const all = await checkedIn(await templateFrom(JSON.stringify({ Resources })));
      expect(all.length > 0 || keeps !== undefined).toBe(true);
      const missing = all.flatMap(({ control, verdict }) =>
        verdict.status === 'UNKNOWN' && verdict.reason.includes('which no template answers')
          ? [`${control.id}: ${verdict.reason}`]
          : [],
      );
      expect(missing).toEqual([]);
    },
  );
});
