import { asRecord, isRecord } from '../../lib/support/untyped.ts';
import { readDocument } from '../../lib/templates/document/read-document.ts';
import { sampled } from '../extent.ts';
import { checkedIn, templateFrom } from './checking.ts';
import { failing } from './failing.ts';

// What a template says has the same verdicts however it is written: of the example of each control every value is written in
// another way that CloudFormation takes for the same.

type Rewritten = (value: unknown) => unknown;
const isFunction = (tree: object): boolean =>
  Object.keys(tree).some((key) => key === 'Ref' || key.startsWith('Fn::'));
/** A tree with what is in it written anew, from within; what a function gives stays. */
const throughout = (tree: unknown, anew: Rewritten, isTop = true): unknown => {
  if (Array.isArray(tree)) {
    const items = tree.map((one) => throughout(one, anew, false));
    return isTop ? items : anew(items);
  }
  if (!isRecord(tree)) return anew(tree);
  if (isFunction(tree)) return tree;
  const made = Object.fromEntries(
    Object.entries(tree).map(([key, one]) => [key, throughout(one, anew, false)]),
  );
  return isTop ? made : anew(made);
};
const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
const areNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => typeof one === 'string' && /^[^,{}]+$/.test(one));

const noValue = { Ref: 'AWS::NoValue' };
const chosen = (value: unknown) => ({ 'Fn::If': ['Holds', value, noValue] });
const ways: Readonly<Record<string, Rewritten>> = {
  'as what a condition chooses': (value) =>
    isPlain(value) || typeof value === 'object' ? chosen(value) : value,
  'as what one of two conditions chooses': (value) =>
    isPlain(value) ? { 'Fn::If': ['Fails', 'another', chosen(value)] } : value,
  'each list with nothing at its end': (value) =>
    Array.isArray(value) ? [...value, noValue] : value,
  'each list as a text that is split': (value) =>
    areNames(value) ? { 'Fn::Split': [',', value.join(',')] } : value,
  'as an element of a list': (value) =>
    isPlain(value) ? { 'Fn::Select': ['1', ['another', value]] } : value,
  'as texts that are joined': (value) =>
    typeof value === 'string' && value.length > 1
      ? { 'Fn::Join': ['', [value.slice(0, 1), value.slice(1)]] }
      : value,
  'in the words of Fn::Sub': (value) =>
    typeof value === 'string' ? { 'Fn::Sub': value.replaceAll('${', '${!') } : value,
  'with texts for numbers and booleans': (value) => (isPlain(value) ? String(value) : value),
};

const verdictsOf = async (tree: object): Promise<readonly string[]> =>
  (await checkedIn(await templateFrom(JSON.stringify(tree))))
    .map(({ control, declared, verdict }) =>
      [control.id, declared.logicalId, verdict.status].join(' '),
    )
    .toSorted();
const written = async (text: string, anew: Rewritten) => {
  const template = asRecord((await readDocument(text, 'template.yaml')).tree);
  const resources = Object.entries(asRecord(template['Resources'])).map(([id, declared]) => {
    const { Properties, ...others } = asRecord(declared);
    return [id, { ...others, Properties: throughout(Properties ?? {}, anew) }] as const;
  });
  return {
    ...template,
    Conditions: {
      ...asRecord(template['Conditions']),
      Holds: { 'Fn::Equals': ['a', 'a'] },
      Fails: { 'Fn::Not': [{ Condition: 'Holds' }] },
    },
    Resources: Object.fromEntries(resources),
  };
};

describe.each(Object.entries(ways))('a template that is written %s', (_, anew) => {
  it.each(sampled(Object.keys(failing), { quick: 20, usual: 8 }))(
    'has the verdicts that it had, as %s sees it',
    async (id) => {
      const text = failing[id] ?? '';
      const before = await verdictsOf(await written(text, (value) => value));
      expect(before.length).toBeGreaterThan(0);
      expect(await verdictsOf(await written(text, anew))).toEqual(before);
    },
  );
});
