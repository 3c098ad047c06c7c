import { record } from '../../lib/support/untyped.ts';
import { readDocument } from '../../lib/templates/document/read-document.ts';
import { sampled } from '../extent.ts';
import { checkedIn, templateFrom, verdictOf } from './checking.ts';
import { failing } from './failing.ts';

type Path = readonly (string | number)[];
const isFunction = (tree: object): boolean =>
  Object.keys(tree).length === 1 && /^(?:Ref|Fn::.*)$/.test(Object.keys(tree)[0] ?? '');

/** Everything in a tree, by its path. */
const partsIn = (tree: unknown, path: Path = []): readonly Path[] => {
  if (typeof tree !== 'object' || tree === null || isFunction(tree)) return [path];
  const inner = Object.entries(tree).flatMap(([key, one]) =>
    partsIn(one, [...path, Array.isArray(tree) ? Number(key) : key]),
  );
  return [path, ...inner];
};
const valueAt = (tree: unknown, path: Path): unknown =>
  path.reduce((one, step) => Reflect.get(Object(one), step), tree);
const withValue = (tree: unknown, [step, ...rest]: Path, value: unknown): unknown => {
  if (step === undefined) return value;
  if (Array.isArray(tree))
    return tree.map((one, index) => (index === step ? withValue(one, rest, value) : one));
  return { ...record(tree), [step]: withValue(Reflect.get(Object(tree), step), rest, value) };
};

/** The same in another shape. */
const wrong = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return [[value]];
  if (typeof value === 'object') return [[[value]]];
  return [[value], { a: value }, ...(typeof value === 'boolean' ? ['enabled', [[value]]] : [])];
};

it.each([
  ['a list in a list', '[[{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]]'],
  ['a text', 'open'],
  ['a list as a text', '[{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: [0.0.0.0/0]}]'],
])('rules of a group are not known where there is %s', async (_, rules) => {
  const template = `Resources:\n  It: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, SecurityGroupIngress: ${rules}}}\n`;
  expect(await verdictOf(template, 'EC2.13', 'It')).toMatch(/^UNKNOWN .* which is a/);
});

it.each([
  ['PL.EC2.3', '!Ref P', '65535', 'UNKNOWN'],
  ['PL.EC2.3', '0', '!Ref P', 'UNKNOWN'],
  ['PL.EC2.1', '!Ref P', '65535', 'UNKNOWN'],
  ['EC2.13', '!Ref P', '!Ref P', 'UNKNOWN'],
  ['PL.EC2.3', '!Ref P', '!Ref P', 'PASS'],
])(
  '%s of ports from %s to %s counts the ends of all ports',
  async (control, from, to, expected) => {
    const rule = `{IpProtocol: tcp, FromPort: ${from}, ToPort: ${to}, CidrIp: 0.0.0.0/0}`;
    const template = `Parameters: {P: {Type: String}}\nResources:\n  It: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a, SecurityGroupIngress: [${rule}]}}\n`;
    expect((await verdictOf(template, control, 'It')).split(' ')[0]).toBe(expected);
  },
);

it.each([
  ['true', 'PASS'],
  ['false', 'FAIL'],
])(
  'what a control does not read leaves nothing open: encryption is %s',
  async (written, expected) => {
    const template = `Resources:\n  It: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {ReplicationGroupDescription: a, AutomaticFailoverEnabled: [a, true], AtRestEncryptionEnabled: ${written}}}\n`;
    expect(await verdictOf(template, 'ElastiCache.4', 'It')).toBe(expected);
  },
);

it.each([
  ['true', 'FAIL'],
  ["'True'", 'FAIL'],
  ["'yes'", 'FAIL'],
  ["'no'", 'PASS'],
  ['enabled', 'UNKNOWN it depends on PubliclyAccessible, which is a value and no boolean'],
  ['[true]', 'UNKNOWN it depends on PubliclyAccessible, which is a list and no boolean'],
])('a switch that is %s is read as CloudFormation does', async (written, expected) => {
  const template = `Resources:\n  It: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: mysql, PubliclyAccessible: ${written}}}\n`;
  expect(await verdictOf(template, 'RDS.2', 'It')).toBe(expected);
});

describe('a property in another shape than CloudFormation takes', () => {
  it.each(sampled(Object.entries(failing), { quick: 40, usual: 6 }))(
    'makes no PASS of what fails %s',
    async (name, text) => {
      const [type = '', id = ''] = name.split(' ');
      const { tree } = await readDocument(text, 'template.yaml');
      const verdict = async (one: unknown) =>
        (await checkedIn(await templateFrom(JSON.stringify(one))))
          .filter(({ control, declared }) => control.id === id && declared.type === type)
          .map(({ verdict }) => verdict.status);
      if (!(await verdict(tree)).includes('FAIL')) return;
      const turned: string[] = [];
      const properties: Path = ['Resources', 'It', 'Properties'];
      // A map in the place of a list, and what is named by a list, are not refused yet, and a policy has shapes of its own.
      const isLeft = (path: Path) => /GroupName$|Principal|^$/.test(path.join('.'));
      for (const path of partsIn(valueAt(tree, properties)).filter((one) => !isLeft(one)))
        for (const shape of wrong(valueAt(tree, [...properties, ...path]))) {
          const statuses = await verdict(withValue(tree, [...properties, ...path], shape));
          if (statuses.length > 0 && statuses.every((one) => one === 'PASS'))
            turned.push(`${path.join('.')}: ${JSON.stringify(shape).slice(0, 80)}`);
        }
      expect(turned).toEqual([]);
    },
  );
});
