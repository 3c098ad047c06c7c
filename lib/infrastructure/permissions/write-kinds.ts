import type { Kind } from './kinds.ts';

/** The kinds that the actions of plans are checked against, after the service authorization reference. */
export const writeKinds: Readonly<Record<string, readonly Kind[]>> = {
  'access-analyzer:CreateAnalyzer': ['analyzer'],
  'access-analyzer:DeleteAnalyzer': ['analyzer'],
  'ec2:AuthorizeSecurityGroupEgress': ['securityGroup', 'securityGroupRule'],
  'ec2:AuthorizeSecurityGroupIngress': ['securityGroup', 'securityGroupRule'],
  // Of all that can be tagged, plans tag the rules that they make.
  'ec2:CreateTags': ['securityGroupRule'],
  'ec2:ModifySecurityGroupRules': ['securityGroup', 'securityGroupRule', 'prefixList'],
  'ec2:RevokeSecurityGroupEgress': ['securityGroup'],
  'ec2:RevokeSecurityGroupIngress': ['securityGroup'],
  'iam:AttachGroupPolicy': ['group'],
  'iam:AttachRolePolicy': ['role'],
  'iam:AttachUserPolicy': ['user'],
  'iam:CreateServiceLinkedRole': ['serviceRole'],
  'iam:DetachGroupPolicy': ['group'],
  'iam:DetachRolePolicy': ['role'],
  'iam:DetachUserPolicy': ['user'],
  'iam:PassRole': ['role'],
  'iam:UpdateAccessKey': ['user'],
  'iam:UpdateAssumeRolePolicy': ['role'],
  'rds:ModifyDBCluster': ['cluster', 'clusterParameterGroup'],
  'rds:ModifyDBClusterParameterGroup': ['clusterParameterGroup'],
  'rds:ModifyDBClusterSnapshotAttribute': ['clusterSnapshot'],
  'rds:ModifyDBInstance': ['database', 'parameterGroup'],
  'rds:ModifyDBParameterGroup': ['parameterGroup'],
  'rds:ModifyDBSnapshotAttribute': ['snapshot'],
  'rds:ResetDBClusterParameterGroup': ['clusterParameterGroup'],
  'rds:ResetDBParameterGroup': ['parameterGroup'],
  's3:DeleteBucketPolicy': ['bucket'],
  's3:PutBucketAcl': ['bucket'],
  's3:PutBucketLogging': ['bucket'],
  's3:PutBucketPolicy': ['bucket'],
  's3:PutBucketPublicAccessBlock': ['bucket'],
  's3:PutBucketVersioning': ['bucket'],
  's3:PutEncryptionConfiguration': ['bucket'],
};

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** Actions that are harmless for one service alone. */
export const writeConditions: Readonly<Record<string, Conditions>> = {
  'iam:CreateServiceLinkedRole': {
    StringEquals: { 'iam:AWSServiceName': 'access-analyzer.amazonaws.com' },
  },
  'iam:PassRole': { StringEquals: { 'iam:PassedToService': 'monitoring.rds.amazonaws.com' } },
};
