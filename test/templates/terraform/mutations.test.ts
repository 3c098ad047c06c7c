import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { UserError } from '../../../lib/support/user-error.ts';
import { extent } from '../../extent.ts';
import { checkedPlan } from './plans.ts';

const whole: unknown = JSON.parse(readFileSync('test/templates/examples/plan/plan.json', 'utf8'));
const numRuns = { quick: 5, usual: 25, exhaustive: 20_000 }[extent];

/** What stands anywhere of a plan that somebody broke. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    true,
    -1,
    [],
    {},
    [null],
    [true],
    { references: ['aws_s3_bucket.orders.id'] },
    { references: ['module.m.out', 'each.key'] },
    { references: [null, 7, 'a[', '["', '.'] },
    { constant_value: { Ref: 'aws_s3_bucket.orders' } },
    { Ref: 'aws_s3_bucket.orders' },
    { 'Fn::GetAtt': 'Nothing' },
    'module.m["x"].aws_s3_bucket.b',
    '*',
    'arn:aws:iam::aws:policy/AdministratorAccess',
    '{"Statement":',
  ),
  fc.jsonValue(),
);

const placesIn = (tree: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof tree === 'object' && tree !== null
    ? [path, ...Object.entries(tree).flatMap(([key, one]) => placesIn(one, [...path, key]))]
    : [path];
const put = (tree: unknown, [step, ...rest]: readonly string[], value: unknown): unknown => {
  if (step === undefined) return value;
  if (typeof tree !== 'object' || tree === null) return tree;
  const inner = put(Reflect.get(tree, step), rest, value);
  return Array.isArray(tree)
    ? tree.map((one, index) => (String(index) === step ? inner : one))
    : { ...tree, [step]: inner };
};
const all = placesIn(whole).filter((path) => path.length > 1);

const outcome = async (plan: unknown): Promise<string> => {
  try {
    const checked = await checkedPlan(plan);
    return checked.every(({ verdict }) => verdict.status) ? 'evaluated' : 'no status';
  } catch (error) {
    if (error instanceof UserError && error.message.startsWith('plan.json')) return 'refused';
    throw error;
  }
};

it('a plan that somebody broke is evaluated or refused', async () => {
  const mutations = fc.array(fc.tuple(fc.nat(all.length - 1), strange), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(mutations, async (some) => {
      const broken = some.reduce<unknown>(
        (tree, [at, value]) => put(tree, all[at] ?? [], value),
        whole,
      );
      expect(['evaluated', 'refused']).toContain(await outcome(broken));
    }),
    { numRuns, seed: 20261130 },
  );
}, 7_200_000);

it('what somebody adds beside it changes no verdict', async () => {
  const before = await checkedPlan(whole);
  const other = {
    address: 'aws_sqs_queue.other',
    mode: 'managed',
    type: 'aws_sqs_queue',
    name: 'other',
    values: { name: 'other' },
  };
  const tree = put(
    whole,
    ['planned_values', 'root_module', 'child_modules'],
    [
      {
        address: 'module.other',
        resources: [{ ...other, address: 'module.other.aws_sqs_queue.other' }],
      },
    ],
  );
  const after = await checkedPlan(tree);
  const shown = (checked: typeof before) =>
    checked
      .filter(({ declared }) => !declared.logicalId.startsWith('module.other'))
      .map(
        ({ control, declared, verdict }) => `${declared.logicalId} ${control.id} ${verdict.status}`,
      );
  expect(shown(after)).toEqual(shown(before));
});
