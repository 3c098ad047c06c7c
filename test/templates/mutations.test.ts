import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { UserError } from '../../lib/support/user-error.ts';
import { readDocument } from '../../lib/templates/document/read-document.ts';
import { extent, sampled } from '../extent.ts';
import { checkedIn, templateFrom } from './checking.ts';

/** What stands anywhere of a template that somebody broke. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'x',
    0,
    -1,
    true,
    [],
    {},
    [null],
    { Ref: 'Nothing' },
    { Ref: 'Open' },
    { Ref: 'Bucket' },
    { Ref: ['a'] },
    { Ref: null },
    { 'Fn::GetAtt': 'Bucket' },
    { 'Fn::GetAtt': ['Bucket', { Ref: 'Open' }] },
    { 'Fn::If': ['Nothing', 1] },
    { 'Fn::If': ['IsOpen', 'a', { Ref: 'AWS::NoValue' }] },
    { 'Fn::If': {} },
    { 'Fn::Join': ['-', { Ref: 'Open' }] },
    { 'Fn::Join': 1 },
    { 'Fn::Sub': ['${Open}${A}', { A: [1] }] },
    { 'Fn::Sub': { a: 1 } },
    { 'Fn::Select': ['a', []] },
    { 'Fn::Split': [',', { Ref: 'Open' }] },
    { 'Fn::FindInMap': ['A', 'B', 'C'] },
    { 'Fn::GetAZs': {} },
    { 'Fn::Base64': [] },
    { 'Fn::Transform': {} },
    { 'Fn::Unknown': 1 },
    '{{resolve:secretsmanager:a}}',
    '*',
    'arn:aws:iam::aws:policy/AdministratorAccess',
  ),
  fc.jsonValue(),
);

const places = (tree: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof tree === 'object' && tree !== null
    ? [path, ...Object.entries(tree).flatMap(([key, one]) => places(one, [...path, key]))]
    : [path];
const put = (tree: unknown, [step, ...rest]: readonly string[], value: unknown): unknown => {
  if (step === undefined) return value;
  if (typeof tree !== 'object' || tree === null) return tree;
  const inner = put(Reflect.get(tree, step), rest, value);
  return Array.isArray(tree)
    ? tree.map((one, index) => (String(index) === step ? inner : one))
    : { ...tree, [step]: inner };
};

const whole: unknown = JSON.parse(readFileSync('test/templates/examples/everything.json', 'utf8'));
const all = places(whole).filter((path) => path.length > 1);
const numRuns = { quick: 5, usual: 25, exhaustive: 20_000 }[extent];

/** What cannot be made a text. */
const odd = { toString: null, valueOf: null };

const outcome = async (text: string): Promise<string> => {
  try {
    const checked = await checkedIn(await templateFrom(text));
    return checked.every(({ verdict }) => verdict.status) ? 'evaluated' : 'no status';
  } catch (error) {
    // Anything but a sentence for whoever wrote it is a fault of ours.
    if (error instanceof UserError && /^template\.yaml/.test(error.message)) return 'refused';
    throw error;
  }
};

describe('a template that somebody broke', () => {
  it('is evaluated or refused, in time', async () => {
    const mutations = fc.array(fc.tuple(fc.nat(all.length - 1), strange), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const mutant = changes.reduce<unknown>(
          (tree, [index, value]) => put(tree, all[index] ?? [], value),
          whole,
        );
        const start = performance.now();
        expect(['evaluated', 'refused']).toContain(await outcome(JSON.stringify(mutant)));
        expect(performance.now() - start).toBeLessThan(60_000);
      }),
      { numRuns },
    );
  }, 3_600_000);
  it.each<readonly [what: string, properties: object]>([
    ['a switch', { SqsManagedSseEnabled: odd }],
    ['a text', { QueueName: odd, KmsMasterKeyId: [odd] }],
    ['a reference', { KmsMasterKeyId: { Ref: odd }, QueueName: { 'Fn::GetAtt': [odd, odd] } }],
    ['a join', { KmsMasterKeyId: { 'Fn::Join': [odd, [odd, 'a']] } }],
    ['a text with parts', { KmsMasterKeyId: { 'Fn::Sub': [odd, odd] } }],
    ['a choice', { SqsManagedSseEnabled: { 'Fn::If': [odd, true, false] } }],
    ['a map', { SqsManagedSseEnabled: { 'Fn::FindInMap': [odd, odd, odd] } }],
    ['a split', { KmsMasterKeyId: { 'Fn::Select': [odd, { 'Fn::Split': [odd, 'a,b'] }] } }],
    ['a parameter', { KmsMasterKeyId: { Ref: 'P' }, SqsManagedSseEnabled: { Ref: 'P' } }],
  ])('is not ended by what stands under toString, as %s', async (_, Properties) => {
    const P = { Type: odd, Default: odd, AllowedValues: [odd, 1], NoEcho: odd };
    const It = { Type: 'AWS::SQS::Queue', Properties };
    const text = JSON.stringify({ Parameters: { P }, Resources: { It } });
    expect(['evaluated', 'refused']).toContain(await outcome(text));
  });
  it('is not ended by what stands under toString, wherever that is', async () => {
    const ended: string[] = [];
    for (const path of sampled(all, { quick: 60, usual: 30 }))
      await outcome(JSON.stringify(put(whole, path, odd))).catch(() => ended.push(path.join('.')));
    expect(ended).toEqual([]);
  }, 600_000);
  it('as a text is read or refused', async () => {
    const text = readFileSync('test/templates/examples/shop.yaml', 'utf8');
    const cut = fc.tuple(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 6 }));
    await fc.assert(
      fc.asyncProperty(cut, async ([at, length, inserted]) => {
        const broken = text.slice(0, at) + inserted + text.slice(at + length);
        expect(['evaluated', 'refused']).toContain(await outcome(broken));
        const document = await readDocument(broken, 'template.yaml').catch(() => undefined);
        expect(document?.rangeOf(['Resources', 'Web', 'Properties']).line ?? 1).toBeGreaterThan(0);
      }),
      { numRuns },
    );
  }, 3_600_000);
});
