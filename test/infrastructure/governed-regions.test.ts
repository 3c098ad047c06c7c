import { allControls } from '../../lib/controls/index.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { canBePlanned } from '../../lib/engine/remediation/planning.ts';
import { readable } from '../../lib/infrastructure/events/watched.ts';
import { denyOutsideWith } from '../../lib/infrastructure/permissions/deny-outside.ts';
import {
  type Grant,
  listGrants,
  publishGrants,
  readGrants,
  writeGrants,
} from '../../lib/infrastructure/permissions/permissions.ts';
import { decide } from '../../lib/local/iam/iam-policy.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { synthesised } from './synthesised.ts';
import { resourcesIn } from './template.ts';

const account = '123456789012';
const home = 'us-east-1';
const place = { partition: 'aws', region: home, account };
const governed = { ...place, regions: [home, 'eu-west-1'] };
const controls = await allControls();
const all = readable({ types: resourceTypes, controls }, defaultBaseline(controls));
const plannable = controls.filter(canBePlanned);

const policyOf = (grants: readonly Grant[]) => ({
  Statement: grants.map(({ actions, resources, conditions = {} }) => ({
    Effect: 'Allow' as const,
    Action: [...actions],
    Resource: [...resources],
    Condition: conditions as Record<string, Record<string, string[]>>,
  })),
});
/** What each role that has them is denied. */
const outside = (grants: readonly Grant[]) =>
  ({
    Statement: [denyOutsideWith(grants, governed.regions).toStatementJson()],
  }) as ReturnType<typeof policyOf>;
const asked = (grants: readonly Grant[], action: string, region: string, resource: string) =>
  decide([policyOf(grants), outside(grants)], {
    action,
    resource,
    context: new Map([['aws:requestedregion', [region]]]),
  });
const group = (region: string) => `arn:aws:ec2:${region}:${account}:security-group/sg-1`;
const product = (region: string) =>
  `arn:aws:securityhub:${region}:${account}:product/${account}/default`;
const anything = { Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }] };
/** The Deny of the deployed remediator, with its tokens put in. */
const ownResourcesOf = async (yaml: string) => {
  const { template } = await synthesised(yaml);
  const denied = resourcesIn(template, 'AWS::IAM::Policy')
    .flatMap(({ properties }) => Object(properties['PolicyDocument']).Statement)
    .find(({ Sid }) => Sid === 'OwnResources');
  return { Statement: [denied] };
};

describe('where two regions are governed', () => {
  const reading = readGrants(all, governed);
  const writing = writeGrants(plannable, governed);

  it.each([
    [home, 'allowed'],
    ['eu-west-1', 'allowed'],
    ['ap-south-1', 'denied'],
  ])('in %s it is %s to list, read, publish and change', (region, expected) => {
    const everywhere: readonly (readonly [readonly Grant[], string, string])[] = [
      [reading, 'ec2:DescribeSecurityGroups', '*'],
      [listGrants(all, governed), 'ec2:DescribeSecurityGroups', '*'],
      [reading, 's3:GetBucketPolicy', 'arn:aws:s3:::photos'],
      [reading, 'kms:DescribeKey', `arn:aws:kms:${region}:${account}:key/1`],
      [publishGrants(governed), 'securityhub:BatchImportFindings', product(region)],
      [writing, 'ec2:RevokeSecurityGroupIngress', group(region)],
      [writing, 's3:PutBucketPublicAccessBlock', 'arn:aws:s3:::photos'],
    ];
    for (const [grants, action, resource] of everywhere)
      expect([action, asked(grants, action, region, resource)]).toEqual([action, expected]);
  });

  it('what is not regional is read and changed at home, as before', () => {
    const role = `arn:aws:iam::${account}:role/ops`;
    expect(asked(reading, 'iam:GetRole', home, role)).toBe('allowed');
    const table = (region: string) =>
      `arn:aws:dynamodb:${region}:${account}:table/Plumbline-Posture`;
    expect(asked(reading, 'dynamodb:DescribeTimeToLive', home, table(home))).toBe('allowed');
    expect(asked(reading, 'dynamodb:DescribeTimeToLive', 'eu-west-1', table('eu-west-1'))).toBe(
      'not allowed',
    );
  });

  it('what one region takes for all is read there', () => {
    const point = `arn:aws:s3::${account}:accesspoint/partners.mrap`;
    const [read, list] = ['s3:GetMultiRegionAccessPoint', 's3:ListMultiRegionAccessPoints'];
    expect(asked(reading, read, 'us-west-2', point)).toBe('allowed');
    expect(asked(listGrants(all, governed), list, 'us-west-2', '*')).toBe('allowed');
  });

  it('a resource of another region is not changed by a call in a governed one', () => {
    const away = `arn:aws:ec2:ap-south-1:${account}:security-group/sg-1`;
    expect(asked(writing, 'ec2:RevokeSecurityGroupIngress', 'ap-south-1', away)).toBe('denied');
  });

  it('each role that reads, lists or changes what is evaluated is denied every other region', async () => {
    const { template } = await synthesised('mode: plan\nregions: [eu-west-1]\nconfigRules: true\n');
    const managed = resourcesIn(template, 'AWS::IAM::ManagedPolicy');
    const roles = new Set(managed.flatMap(({ properties }) => properties.Roles));
    const denied = resourcesIn(template, 'AWS::IAM::Policy').flatMap(({ properties }) =>
      properties.PolicyDocument.Statement.some(
        ({ Sid, Condition }: { Sid?: string; Condition?: object }) =>
          Sid === 'OtherRegions' &&
          JSON.stringify(Condition).includes('"aws:RequestedRegion":["us-east-1","eu-west-1"]'),
      )
        ? properties.Roles
        : [],
    );
    expect(roles.size).toBeGreaterThan(3);
    expect([...roles].filter((role) => !denied.includes(role))).toEqual([]);
  });

  it('the remediator changes nothing of Plumbline in any of them', async () => {
    const own = await ownResourcesOf('mode: plan\nregions: [eu-west-1]\n');
    // As CloudFormation names them, after the stack.
    const ears = 'PlumblineEars-eu-west-1';
    const at = (service: string, region: string, rest: string) =>
      `arn:aws:${service}:${region}:${account}:${rest}`;
    const sets: readonly (readonly [string, string])[] = [
      [
        'sqs:SetQueueAttributes',
        at('sqs', 'eu-west-1', `${ears}-Undelivered0A1B2C3D-x9YzAbCdEfGh`),
      ],
      ['sqs:SetQueueAttributes', at('sqs', home, 'Plumbline-ChangesQueue0A1B2C3D-x9YzAbCdEfGh')],
      ['events:PutRule', at('events', 'eu-west-1', `rule/${ears}-Ec20A1B2C3D-x9YzAbCdEfGh`)],
      ['events:PutRule', at('events', home, 'rule/Plumbline-Ears/Plumbline-EarsEc20A1B2-x9YzAb')],
      ['cloudformation:UpdateStack', at('cloudformation', 'eu-west-1', `stack/${ears}/1a2b`)],
    ];
    for (const [action, resource] of sets)
      expect([resource, decide([anything, own], { action, resource, context: new Map() })]).toEqual(
        [resource, 'denied'],
      );
    const another = at('sqs', 'eu-west-1', 'orders');
    const asking = { action: 'sqs:SetQueueAttributes', resource: another, context: new Map() };
    expect(decide([anything, own], asking)).toBe('allowed');
  });
});

it('one region alone is granted as it was, by its ARNs and without a condition', () => {
  const alone = { ...place, regions: [home] };
  expect(readGrants(all, alone)).toEqual(readGrants(all, place));
  expect(writeGrants(plannable, alone)).toEqual(writeGrants(plannable, place));
  expect(publishGrants(alone)).toEqual(publishGrants(place));
  expect(JSON.stringify(readGrants(all, alone))).not.toContain('RequestedRegion');
});
