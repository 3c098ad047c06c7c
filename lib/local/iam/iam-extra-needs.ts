import { ec2 } from '../../services/ec2.ts';
import { iam } from '../../services/iam.ts';
import { rds } from '../../services/rds.ts';
import type { DecodedCall } from '../endpoint/call.ts';
import type { CallPlace, Need } from './iam-need.ts';

type Input = Readonly<Record<string, unknown>>;
type Needs = (input: Input, place: CallPlace) => readonly Need[];

const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((entry): entry is string => typeof entry === 'string' && entry !== '');
const objects = (value: unknown): readonly Input[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];

// Whoever tags what a call makes needs the permission to tag as well:
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
const taggingRules: Needs = ({ TagSpecifications }, place) =>
  objects(TagSpecifications).map(() => ({
    action: 'ec2:CreateTags',
    resource: ec2.arn('security-group-rule', place, '*'),
  }));

const kindOfTagged = { sgr: 'security-group-rule', sg: 'security-group' } as const;
const tagged =
  (action: string): Needs =>
  ({ Resources }, place) =>
    texts(Resources).map((id) => {
      const prefix = id.split('-')[0];
      const kind = prefix === 'sg' || prefix === 'sgr' ? kindOfTagged[prefix] : undefined;
      return { action, resource: kind ? ec2.arn(kind, place, id) : id };
    });

// Checked on the group, on each rule, and on the lists that a rule is to name:
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
const modifiedRules: Needs = ({ SecurityGroupRules }, place) =>
  objects(SecurityGroupRules)
    .flatMap(({ SecurityGroupRuleId, SecurityGroupRule }) => [
      ...texts(SecurityGroupRuleId).map((id) => ec2.arn('security-group-rule', place, id)),
      ...objects([SecurityGroupRule]).flatMap(({ PrefixListId }) =>
        texts(PrefixListId).map((id) => ec2.arn('prefix-list', place, id)),
      ),
    ])
    .map((resource) => ({ action: 'ec2:ModifySecurityGroupRules', resource }));

const groupsOf =
  (action: string, kinds: Readonly<Record<string, 'cluster-pg' | 'pg'>>): Needs =>
  (input, place) =>
    Object.entries(kinds).flatMap(([member, kind]) =>
      texts(input[member]).map((name) => ({ action, resource: rds.arn(kind, place, name) })),
    );
const passedRole: Needs = ({ MonitoringRoleArn }) =>
  texts(MonitoringRoleArn).map((resource) => ({
    action: 'iam:PassRole',
    resource,
    context: [['iam:passedtoservice', ['monitoring.rds.amazonaws.com']]],
  }));

const analyzerRole =
  'aws-service-role/access-analyzer.amazonaws.com/AWSServiceRoleForAccessAnalyzer';
const serviceRole: Needs = (_, place) => [
  {
    action: 'iam:CreateServiceLinkedRole',
    resource: iam.arn('role', place, analyzerRole),
    context: [['iam:awsservicename', ['access-analyzer.amazonaws.com']]],
  },
];

const session: Needs = ({ RoleArn, SourceIdentity, Tags }) => {
  const actions = [
    ...texts(SourceIdentity).map(() => 'sts:SetSourceIdentity'),
    ...(Array.isArray(Tags) && Tags.length > 0 ? ['sts:TagSession'] : []),
  ];
  return actions.flatMap((action) => texts(RoleArn).map((resource) => ({ action, resource })));
};

const extras: Readonly<Record<string, readonly Needs[]>> = {
  'accessanalyzer CreateAnalyzer': [serviceRole],
  'ec2 AuthorizeSecurityGroupEgress': [taggingRules],
  'ec2 AuthorizeSecurityGroupIngress': [taggingRules],
  'ec2 CreateTags': [tagged('ec2:CreateTags')],
  'ec2 DeleteTags': [tagged('ec2:DeleteTags')],
  'ec2 ModifySecurityGroupRules': [modifiedRules],
  'rds ModifyDBCluster': [
    groupsOf('rds:ModifyDBCluster', { DBClusterParameterGroupName: 'cluster-pg' }),
    passedRole,
  ],
  'rds ModifyDBInstance': [
    groupsOf('rds:ModifyDBInstance', { DBParameterGroupName: 'pg' }),
    passedRole,
  ],
  'sts AssumeRole': [session],
};

/** What a call needs beside its own action on what it is about. */
export const extraNeeds = ({ service, operation, input }: DecodedCall, place: CallPlace) =>
  (extras[`${service} ${operation}`] ?? []).flatMap((needs) => needs(input, place));

/** Calls that name their resources in no member of their own: all that they need is extra. */
export const isAllExtra = ({ service, operation }: DecodedCall) =>
  service === 'ec2' && /^(Create|Delete)Tags$/.test(operation);
