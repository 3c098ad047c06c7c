import type { Checked } from '../../lib/templates/check/check-template.ts';
import { declaredTypes } from '../../lib/templates/declared/index.ts';
import { Part, type Stand } from '../../lib/templates/part.ts';
import { longTest, sampled } from '../extent.ts';
import { checkedIn, templateFrom } from './checking.ts';
import { sameOnes } from './live/same.ts';

// Whatever a template does not say and a control passes by is AWS's own setting: it is named, and counts for nothing
// where only what is declared counts. Here each control is asked about what it reads: where a property is not declared,
// and one of its values would fail, a PASS has to say that it rests on AWS.

type Path = readonly (string | number)[];
type Tree = Readonly<Record<string, unknown>>;
interface Asked {
  readonly path: Path;
  /** What could stand there. */
  readonly values: readonly unknown[];
}

const asked = new Map<string, Asked>();
/** Notes each property that is asked for and not set. */
const overheard = (
  name: 'text' | 'flag' | 'number',
  valuesOf: (stand: Stand | undefined) => readonly unknown[],
): void => {
  const own: unknown = Reflect.get(Part.prototype, name);
  if (typeof own !== 'function') throw new Error(`no ${name}`);
  Reflect.set(Part.prototype, name, function (this: Part, stand?: Stand) {
    const value: unknown = own.call(this, stand);
    const id = `${this.path.join('.')} ${name}`;
    if (value === undefined) asked.set(id, { path: this.path, values: valuesOf(stand) });
    return value;
  });
};
overheard('text', (stand) => stand ?? []);
overheard('flag', () => [false, true]);
overheard('number', (stand) => stand ?? ['0', '1', '100000']);

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;
const at = (tree: unknown, step: string | number): unknown =>
  isTree(tree) ? Reflect.get(tree, step) : undefined;
const put = (tree: unknown, [step, ...rest]: Path, value: unknown): unknown => {
  if (step === undefined) return value;
  const inner = put(at(tree, step), rest, value);
  if (typeof step === 'string') return { ...(isTree(tree) ? tree : {}), [step]: inner };
  const list = Array.isArray(tree) ? [...tree] : [];
  list[step] = inner;
  return list;
};
const leaves = (tree: unknown, path: Path = []): readonly Path[] => {
  if (Array.isArray(tree)) return tree.flatMap((one, index) => leaves(one, [...path, index]));
  if (!isTree(tree)) return [path];
  return Object.entries(tree).flatMap(([key, one]) => leaves(one, [...path, key]));
};

type Resources = Readonly<Record<string, Tree>>;
const task = (container: object, more = {}) => ({
  ContainerDefinitions: [{ Name: 'a', Image: 'a', ...container }],
  ...more,
});
/** What the controls of a type need to be asked at all, beside what is compared with live facets. */
const more: readonly (readonly [type: string, properties: object])[] = [
  ['AWS::ECS::TaskDefinition', task({})],
  ['AWS::ECS::TaskDefinition', task({ User: 'app' }, { NetworkMode: 'host' })],
  ['AWS::EC2::LaunchTemplate', { LaunchTemplateData: { NetworkInterfaces: [{ DeviceIndex: 0 }] } }],
  [
    'AWS::EC2::LaunchTemplate',
    { LaunchTemplateData: { BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: {} }] } },
  ],
  ['AWS::MSK::Cluster', {}],
  ['AWS::RedshiftServerless::Workgroup', {}],
  ['AWS::RDS::DBInstance', { Engine: 'postgres' }],
  ['AWS::RDS::DBInstance', { Engine: 'mysql' }],
  ['AWS::RDS::DBInstance', { Engine: 'sqlserver-ex' }],
  ['AWS::RDS::DBCluster', { Engine: 'aurora-mysql' }],
  ['AWS::RDS::DBCluster', { Engine: 'aurora-postgresql' }],
  ['AWS::RDS::DBCluster', { Engine: 'postgres' }],
  ['AWS::ElastiCache::ReplicationGroup', { Engine: 'redis', EngineVersion: '7.1' }],
  ['AWS::ElastiCache::ReplicationGroup', { Engine: 'redis', EngineVersion: '5.0.6' }],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }],
  [
    'AWS::ECS::Service',
    { LaunchType: 'FARGATE', NetworkConfiguration: { AwsvpcConfiguration: {} } },
  ],
  ['AWS::Lambda::Function', { Runtime: 'nodejs24.x' }],
  [
    'AWS::CloudFront::Distribution',
    {
      DistributionConfig: {
        Enabled: true,
        Origins: [{ Id: 'a', DomainName: 'a.example.com', CustomOriginConfig: {} }],
        DefaultCacheBehavior: { TargetOriginId: 'a' },
        ViewerCertificate: {
          AcmCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/a',
        },
      },
    },
  ],
];
const seeds: readonly (readonly [name: string, resources: Resources])[] = [
  ...declaredTypes.map(({ as }) => [as, { It: { Type: as, Properties: {} } }] as const),
  ...more.map(([Type, Properties]) => [Type, { It: { Type, Properties } }] as const),
  ...sameOnes.map(({ type, title, declared }) => {
    const made = Object.entries(declared).map(([id, [Type, Properties]]) => [
      id,
      { Type, Properties },
    ]);
    return [`${type} ${title}`, Object.fromEntries(made)] as const;
  }),
];

/** What is not there is no setting of AWS: the property by its name or its path, with why. */
const noSettings: Readonly<Record<string, string>> = {
  AccountIds: 'with whom a document is shared is a list',
  CidrBlock: 'an entry has one of several sources',
  CidrIp: 'a rule has one of several sources',
  CidrIpv6: 'a rule has one of several sources',
  'ContainerDefinitions.0.Environment.0.Name': 'a variable has a name',
  'Environment.EnvironmentVariables.0.Name': 'a variable has a name',
  'DistributionConfig.ViewerCertificate.CloudFrontDefaultCertificate':
    'beside a policy one of three certificates is required',
  'LogsConfig.S3Logs.Status': 'without it there are no logs in S3',
  Ipv6CidrBlock: 'an entry has one of several sources',
  RuleAction: 'it is required, and without it there is no entry',
};
const isSetting = (path: Path): boolean => {
  const last = path.at(-1);
  const isListed = [last, path.join('.')].some((one) => Object.hasOwn(noSettings, one ?? ''));
  return typeof last === 'string' && !isListed;
};

const verdictsOn = async (resources: unknown, isExplicit = false) => {
  const all = await checkedIn(
    await templateFrom(JSON.stringify({ Resources: resources })),
    isExplicit,
  );
  return new Map(all.map((one) => [`${one.declared.logicalId} ${one.control.id}`, one] as const));
};
type Verdicts = Awaited<ReturnType<typeof verdictsOn>>;
const lineOf = ({ control, declared }: Checked, why: string): string =>
  `${declared.type} ${control.id}: ${why}`;

/**
 * It says what else it hangs on: a cluster without an engine can be one to which the control does not apply, and of a policy
 * that lacks a part nobody can say what it does.
 */
const hangsOnMore = ({ verdict }: Checked): boolean =>
  verdict.status === 'UNKNOWN' &&
  /^it depends on .+, which is not declared$|cannot be made out/.test(verdict.reason);

/** What passes by AWS's setting and, where that does not count, passes all the same. */
const stillPassing = (before: Verdicts, explicit: Verdicts): readonly string[] =>
  [...before].flatMap(([key, one]) => {
    const after = explicit.get(key);
    const status = after?.verdict.status;
    const rests = one.verdict.status === 'PASS' && one.byDefault.length > 0;
    if (after !== undefined && hangsOnMore(after)) return [];
    return rests && status !== 'FAIL' ? [lineOf(one, `${status} by what is declared`)] : [];
  });

/** What passes, would fail by a value of what is not declared, and says nothing of it. */
const unsaidIn = async (
  resources: Tree,
  before: Verdicts,
  open: readonly Asked[],
): Promise<readonly string[]> => {
  const silent = [...before].filter(
    ([, { verdict, byDefault }]) => verdict.status === 'PASS' && byDefault.length === 0,
  );
  const found: string[] = [];
  for (const id of silent.length === 0 ? [] : Object.keys(resources))
    for (const { path, values } of open) {
      const place = [id, 'Properties', ...path];
      if (place.reduce<unknown>(at, resources) !== undefined) continue;
      for (const value of values) {
        const after = await verdictsOn(put(resources, place, value));
        for (const [key, one] of silent)
          if (after.get(key)?.verdict.status === 'FAIL')
            found.push(lineOf(one, `${path.join('.')} is not ${value}`));
      }
    }
  return found;
};

let askedInAll = 0;
const problemsOf = async (resources: Tree): Promise<readonly string[]> => {
  asked.clear();
  const before = await verdictsOn(resources);
  askedInAll += asked.size;
  const open = [...asked.values()].filter(({ path }) => isSetting(path));
  const explicit = await verdictsOn(resources, true);
  return [...stillPassing(before, explicit), ...(await unsaidIn(resources, before, open))];
};

describe('a control that passes by what a template does not declare', () => {
  it.each(sampled(seeds, { quick: 6, usual: 3 }))('says so: %s', async (_, resources) => {
    const lacking = Object.entries(resources).flatMap(([id, { Properties }]) =>
      leaves(Properties).map((path) => put(resources, [id, 'Properties', ...path], undefined)),
    );
    const problems: string[] = [];
    for (const one of [resources, ...lacking])
      if (isTree(one)) problems.push(...(await problemsOf(one)));
    expect([...new Set(problems)]).toEqual([]);
  });

  longTest('was asked for much that nothing declares', () => {
    expect(askedInAll).toBeGreaterThan(0);
  });
});
