import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { IamAction } from '../../model/calls.ts';
import type { Reader } from '../../model/resource-type.ts';
import { gathered } from '../gathered.ts';
import { subnetsIn } from './gates.ts';

/** What looking for fronts takes, beside the load balancers and their targets. */
export const frontActions: readonly IamAction[] = [
  'apigateway:GET',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
];

/** An internal load balancer that passes traffic to what is looked at. */
export interface Inner {
  readonly arn: string;
  readonly subnets: readonly string[];
}

// Both make interfaces in the VPC, in a security group of this name, for endpoints and origins that have no public address.
// https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.sipp-caveats.html
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
const accelerator = 'GlobalAccelerator';
const origins = 'CloudFront-VPCOrigins-Service-SG';

/** Global Accelerator has one interface in each subnet of an endpoint, CloudFront its own anywhere in the VPC. */
const edgesIn = async (
  reader: Reader,
  vpc: string,
  subnets: readonly string[],
): Promise<readonly string[]> => {
  const groups = await gathered(
    reader.pages('ec2', 'describeSecurityGroups', {
      Filters: [
        { Name: 'vpc-id', Values: [vpc] },
        { Name: 'group-name', Values: [accelerator, origins] },
      ],
    }),
    (page) => page.SecurityGroups,
  );
  const found = groups.map(async ({ GroupId = '', GroupName }) => {
    const all = await gathered(
      reader.pages('ec2', 'describeNetworkInterfaces', {
        Filters: [{ Name: 'group-id', Values: [GroupId] }],
      }),
      (page) => page.NetworkInterfaces,
    );
    const isBefore = all.some(
      ({ SubnetId = '' }) => GroupName !== accelerator || subnets.includes(SubnetId),
    );
    const name = GroupName === accelerator ? 'Global Accelerator' : 'CloudFront';
    return isBefore ? [`what ${name} passes on inside ${vpc}`] : [];
  });
  return (await Promise.all(found)).flat();
};

/** A link of HTTP APIs stands in subnets and reaches whatever is in the VPC; one of REST APIs leads to load balancers. */
const linksTo = async (
  reader: Reader,
  vpc: string,
  inner: readonly Inner[],
): Promise<readonly string[]> => {
  const [http, rest, subnets] = await Promise.all([
    gathered(reader.pages('apigatewayv2', 'getVpcLinks', {}), (page) => page.Items),
    inner.length === 0
      ? []
      : gathered(reader.pages('apigateway', 'getVpcLinks', {}), (page) => page.items),
    subnetsIn(reader, vpc),
  ]);
  const inVpc = subnets.map(({ SubnetId }) => SubnetId);
  const ids = [
    ...http.flatMap(({ VpcLinkId, SubnetIds = [] }) =>
      SubnetIds.some((id) => inVpc.includes(id)) ? (VpcLinkId ?? []) : [],
    ),
    ...rest.flatMap(({ id, targetArns = [] }) =>
      inner.some(({ arn }) => targetArns.includes(arn)) ? (id ?? []) : [],
    ),
  ];
  return ids.map((id) => `what API Gateway passes on by the link ${id}`);
};

/** Which internal load balancers are themselves targets of ones that are internet-facing, and of which groups. */
const behindOthers = async (
  reader: Reader,
  groups: readonly TargetGroup[],
  inner: readonly Inner[],
): Promise<{ readonly unseen: readonly string[]; readonly through: readonly string[] }> => {
  if (inner.length === 0) return { unseen: [], through: [] };
  const found = groups.map(async ({ TargetGroupArn = '', LoadBalancerArns = [] }) => {
    const asked = { TargetGroupArn };
    const { TargetHealthDescriptions = [] } = await reader.call(
      'elbv2',
      'describeTargetHealth',
      asked,
    );
    const passed = TargetHealthDescriptions.flatMap(({ Target: { Id = '' } = {} }) =>
      inner.some(({ arn }) => arn === Id) ? Id : [],
    );
    return passed.map((arn) => ({
      group: TargetGroupArn,
      unseen: `what ${LoadBalancerArns.join(' and ')} passes on to ${arn}`,
    }));
  });
  const all = (await Promise.all(found)).flat();
  return { unseen: all.map(({ unseen }) => unseen), through: all.map(({ group }) => group) };
};

/**
 * What lets the internet in though nothing before an instance has a public address: it can be seen that something stands
 * there, and not whom it lets through.
 * @param groups target groups of internet-facing load balancers whose targets are load balancers
 */
export const frontsBefore = async (
  reader: Reader,
  place: { readonly vpc: string; readonly subnets: readonly string[] },
  inner: readonly Inner[],
  groups: readonly TargetGroup[],
): Promise<{ readonly unseen: readonly string[]; readonly through: readonly string[] }> => {
  const { vpc } = place;
  const subnets = [...place.subnets, ...inner.flatMap((one) => one.subnets)];
  const [edges, links, others] = await Promise.all([
    edgesIn(reader, vpc, subnets),
    linksTo(reader, vpc, inner),
    behindOthers(reader, groups, inner),
  ]);
  return {
    unseen: [...others.unseen, ...edges, ...links],
    through: [...inner.map(({ arn }) => arn), ...others.through],
  };
};
