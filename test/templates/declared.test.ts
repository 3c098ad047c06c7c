import { everyControl } from '../../lib/controls/every.ts';
import { controlsOf } from '../../lib/controls/index.ts';
import { resourceTypes } from '../../lib/resources/index.ts';
import { declaredTypes, undeclared } from '../../lib/templates/declared/index.ts';
import { checkedIn, templateFrom } from './checking.ts';

describe('types that templates declare', () => {
  const evaluated = resourceTypes
    .map(({ type }) => type)
    .filter((type) => Object.hasOwn(controlsOf, type));
  it.each(evaluated.filter((type) => type.startsWith('AWS::')))(
    '%s is answered, or says why not',
    (type) => {
      const isDeclared = declaredTypes.some((one) => one.type.type === type);
      expect([isDeclared, Object.hasOwn(undeclared, type)]).toContain(true);
      expect(isDeclared && Object.hasOwn(undeclared, type)).toBe(false);
    },
  );
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
    async (as) => {
      const Resources = { It: { Type: as, Properties: {} } };
      const all = await checkedIn(await templateFrom(JSON.stringify({ Resources })));
      expect(all.length).toBeGreaterThan(0);
      const missing = all.flatMap(({ control, verdict }) =>
        verdict.status === 'UNKNOWN' && verdict.reason.includes('which no template answers')
          ? [`${control.id}: ${verdict.reason}`]
          : [],
      );
      expect(missing).toEqual([]);
    },
  );
});
