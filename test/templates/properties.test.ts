import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { asRecord } from '../../lib/support/untyped.ts';
import type { Checked } from '../../lib/templates/check/check-template.ts';
import { extent } from '../extent.ts';
import { checkedIn, templateFrom } from './checking.ts';
import { checkedPlan } from './terraform/plans.ts';

const numRuns = { quick: 3, usual: 12, exhaustive: 150 }[extent];
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const whole = asRecord(read('test/templates/examples/everything.json'));
const plan = asRecord(read('test/templates/examples/plan/plan.json'));

const verdictsIn = (all: readonly Checked[]): ReadonlyMap<string, Checked> =>
  new Map(all.map((one) => [`${one.control.id} ${one.declared.logicalId}`, one]));
const evaluated = async (tree: unknown, parameters: Readonly<Record<string, unknown>> = {}) =>
  verdictsIn(await checkedIn(await templateFrom(JSON.stringify(tree), parameters)));
const planned = async (tree: unknown) => verdictsIn(await checkedPlan(tree));

const statuses = (all: ReadonlyMap<string, Checked>, but: string) =>
  [...all]
    .filter(([key]) => !key.endsWith(` ${but}`))
    .map(([key, { verdict }]) => `${key} ${verdict.status}`);

/** Verdicts that were to stand, and do not. */
const turned = (before: ReadonlyMap<string, Checked>, after: ReadonlyMap<string, Checked>) =>
  [...before].flatMap(([key, { verdict, softDefaults }]) => {
    const now = after.get(key)?.verdict.status ?? 'NOT_APPLICABLE';
    const isSure = verdict.status === 'PASS' || verdict.status === 'FAIL';
    // What does not apply does not fail either.
    const isSame =
      now === verdict.status || (verdict.status === 'PASS' && now === 'NOT_APPLICABLE');
    return !isSure || softDefaults.length > 0 || isSame
      ? []
      : [`${key}: ${verdict.status}, ${now}`];
  });

const unrelated = fc.constantFrom<readonly [type: string, properties: object]>(
  ['AWS::S3::Bucket', { AccessControl: 'PublicRead' }],
  ['AWS::SQS::Queue', { SqsManagedSseEnabled: false }],
  [
    'AWS::EC2::SecurityGroup',
    { SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] },
  ],
  ['AWS::IAM::User', { Path: '/a/' }],
  ['AWS::KMS::Key', { EnableKeyRotation: false }],
  ['AWS::RDS::DBInstance', { Engine: 'mysql', PubliclyAccessible: true }],
  ['AWS::DynamoDB::Table', {}],
  ['Custom::Thing', { ServiceToken: { Ref: 'AWS::StackName' } }],
);
const planType: Readonly<Record<string, readonly [type: string, values: object]>> = {
  bucket: ['aws_s3_bucket', { bucket: 'another-one', acl: 'public-read' }],
  queue: ['aws_sqs_queue', { name: 'another-one', sqs_managed_sse_enabled: false }],
  group: ['aws_security_group', { name: 'another-one', ingress: [] }],
  other: ['aws_dynamodb_table', { name: 'another-one' }],
};

/** Scalars of properties, by their paths. */
const leavesIn = (tree: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof tree === 'object' && tree !== null
    ? Object.entries(tree).flatMap(([key, one]) => leavesIn(one, [...path, key]))
    : [path];
const put = (tree: unknown, [step, ...rest]: readonly string[], value: unknown): unknown => {
  if (step === undefined) return value;
  const inner = put(Reflect.get(Object(tree), step), rest, value);
  return Array.isArray(tree)
    ? tree.map((one, index) => (String(index) === step ? inner : one))
    : { ...Object(tree), [step]: inner };
};
const at = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, step) => Reflect.get(Object(inner), step), tree);

const properties = Object.entries(asRecord(whole['Resources'])).flatMap(([name, one]) =>
  leavesIn(asRecord(asRecord(one)['Properties']), ['Resources', name, 'Properties']),
);
/** What somebody may set in the place of a value, of its kind. */
const valuesFor = (value: unknown, name: unknown): readonly string[] => {
  const text = String(value);
  // Of another engine most controls of RDS say that they do not apply.
  if (name === 'Engine') return ['mysql', 'postgres', text];
  if (/^(?:true|false)$/i.test(text)) return ['true', 'false'];
  // AWS refuses a range that ends before it begins.
  if (name === 'To') return ['22', '3389', '65535', text];
  if (/^-?\d+$/.test(text)) return ['0', '1', '22', '3389', '65535', text];
  if (/^[\d.]+\/\d+$/.test(text)) return ['0.0.0.0/0', '10.0.0.0/8', '203.0.113.7/32', text];
  if (/^[\da-f:]+\/\d+$/.test(text)) return ['::/0', 'fd00::/8', text];
  if (/^(?:Enabled|Suspended|Disabled)$/.test(text)) return ['Enabled', 'Suspended'];
  if (/^(?:Allow|Deny)$/.test(text)) return ['Allow', 'Deny'];
  return text.includes('*') || text.startsWith('arn:') ? ['*', text] : [text, 'another-one'];
};

describe('a verdict on a template', () => {
  it('is the same with an unrelated resource beside it', async () => {
    const before = statuses(await evaluated(whole), 'Unrelated');
    await fc.assert(
      fc.asyncProperty(unrelated, async ([Type, Properties]) => {
        const Resources = { ...asRecord(whole['Resources']), Unrelated: { Type, Properties } };
        const now = await evaluated({ ...whole, Resources });
        expect(statuses(now, 'Unrelated')).toEqual(before);
      }),
      { numRuns: Math.min(numRuns, 8) },
    );
  }, 600_000);
  it('that rests on no default stands, whatever becomes of what is open', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(properties.length - 1), fc.nat(5), async (index, which) => {
        const path = properties[index] ?? [];
        const all = valuesFor(at(whole, path), path.at(-1));
        const value = all[which % all.length];
        const Parameters = { ...asRecord(whole['Parameters']), Leaf: { Type: 'String' } };
        const open = put({ ...whole, Parameters }, path, { Ref: 'Leaf' });
        const before = await evaluated(open);
        expect(turned(before, await evaluated(open, { Leaf: value }))).toEqual([]);
      }),
      { numRuns },
    );
  }, 3_600_000);
});

const root = ['planned_values', 'root_module', 'resources'];
const resources = [at(plan, root)].flat().map(asRecord);
const attributes = resources.flatMap((one, index) =>
  Object.entries(asRecord(one['values']))
    .filter(([, value]) => typeof value !== 'object')
    .map(([name]) => ({ index, name, address: String(one['address']) })),
);
const changes = [plan['resource_changes']].flat().map(asRecord);

/** The plan with one attribute open, or set. */
const withAttribute = (
  { index, name, address }: (typeof attributes)[number],
  set: { readonly value: unknown } | undefined,
): unknown => {
  const change = changes.findIndex((one) => one['address'] === address);
  const inChange = ['resource_changes', String(change), 'change'];
  const value = set ? set.value : null;
  const values = put(plan, [...root, String(index), 'values', name], value);
  const after = put(values, [...inChange, 'after', name], value);
  const open = put(after, [...inChange, 'after_unknown', name], set === undefined);
  // What is written is a variable: a constant would say what it is.
  const configured = ['configuration', 'root_module', 'resources'];
  const all = [at(plan, configured)].flat().map(asRecord);
  const own = all.findIndex((one) => one['address'] === address);
  const expression = { references: ['var.leaf'] };
  return put(open, [...configured, String(own), 'expressions', name], expression);
};

describe('a verdict on a plan', () => {
  it.each(Object.entries(planType))(
    'is the same with an unrelated %s beside it',
    async (_, [type, more]) => {
      const before = statuses(await planned(plan), `${type}.unrelated`);
      const one = { address: `${type}.unrelated`, mode: 'managed', type, name: 'unrelated' };
      const all = put(plan, root, [...resources, { ...one, values: more }]);
      expect(statuses(await planned(all), `${type}.unrelated`)).toEqual(before);
    },
  );
  it('stands, whatever becomes of what applying tells', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...attributes), fc.nat(5), async (attribute, which) => {
        const { index, name } = attribute;
        const written = asRecord(resources[index]?.['values'])[name];
        const all = valuesFor(written, name);
        const text = all[which % all.length] ?? '';
        const value = typeof written === 'string' ? text : JSON.parse(text);
        const before = await planned(withAttribute(attribute, undefined));
        const after = await planned(withAttribute(attribute, { value }));
        expect(turned(before, after)).toEqual([]);
      }),
      { numRuns: numRuns * 2 },
    );
  }, 3_600_000);
});
