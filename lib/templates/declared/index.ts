import type { Service } from '../../model/calls.ts';
import { accountAnswers } from '../answers/account.ts';
import type { Answers } from '../answers/answer.ts';
import { apigatewayAnswers, apigatewayv2Answers } from '../answers/apigateway.ts';
import { autoscalingAnswers } from '../answers/autoscaling.ts';
import { cloudfrontAnswers } from '../answers/cloudfront.ts';
import { cloudtrailAnswers } from '../answers/cloudtrail.ts';
import { eksAnswers, redshiftAnswers } from '../answers/clusters.ts';
import { codebuildAnswers } from '../answers/codebuild.ts';
import {
  athenaAnswers,
  cognitoIdentityAnswers,
  dmsAnswers,
  kafkaAnswers,
  kinesisAnswers,
  redshiftServerlessAnswers,
  sagemakerAnswers,
  sfnAnswers,
} from '../answers/data-services.ts';
import { dynamodbAnswers } from '../answers/dynamodb.ts';
import { computeAnswers } from '../answers/ec2/compute.ts';
import { launchAnswers } from '../answers/ec2/launch.ts';
import { networkAnswers } from '../answers/ec2/network.ts';
import { ec2Answers } from '../answers/ec2/security-groups.ts';
import { ecrAnswers } from '../answers/ecr.ts';
import { ecsAnswers } from '../answers/ecs.ts';
import { efsAnswers } from '../answers/efs.ts';
import { elasticacheAnswers } from '../answers/elasticache.ts';
import { elbAnswers } from '../answers/elb.ts';
import { elbv2Answers } from '../answers/elbv2.ts';
import { guarddutyAnswers } from '../answers/guardduty.ts';
import { iamAnswers } from '../answers/iam.ts';
import { kmsAnswers } from '../answers/kms.ts';
import { lambdaAnswers } from '../answers/lambda.ts';
import { snsAnswers, sqsAnswers } from '../answers/messaging.ts';
import { opensearchAnswers } from '../answers/opensearch.ts';
import { rdsAnswers } from '../answers/rds/databases.ts';
import {
  analyzerAnswers,
  cloudwatchAnswers,
  configAnswers,
  ec2RegionAnswers,
  logsAnswers,
  securityhubAnswers,
  subscriptionAnswers,
} from '../answers/region.ts';
import {
  accessPointPolicyAnswers,
  backupAnswers,
  eventbridgeAnswers,
  glueAnswers,
  restApiAnswers,
} from '../answers/resource-policies.ts';
import { route53Answers } from '../answers/route53.ts';
import { accessPointAnswers } from '../answers/s3/access-points.ts';
import { s3Answers } from '../answers/s3/bucket.ts';
import { secretsAnswers } from '../answers/secretsmanager.ts';
import { sharedAnswers } from '../answers/shared-copies.ts';
import { ssmAnswers } from '../answers/ssm.ts';
import { declaredAccount } from './account.ts';
import { declaredApis } from './apigateway.ts';
import { declaredBuildsAndCaches } from './builds-and-caches.ts';
import { declaredDistribution } from './cloudfront.ts';
import { declaredDataServices } from './data-services.ts';
import { declaredDataStores } from './data-stores.ts';
import type { DeclaredType } from './declared-type.ts';
import { declaredTables } from './dynamodb.ts';
import { declaredEc2 } from './ec2.ts';
import { declaredClassicLoadBalancer } from './elb.ts';
import { declaredLoadBalancer } from './elbv2.ts';
import { declaredDetector } from './guardduty.ts';
import { declaredGroup, declaredManagedPolicy, declaredRole, declaredUser } from './iam.ts';
import { declaredKeys } from './kms-key.ts';
import { declaredQueue, declaredTopic } from './messaging.ts';
import { declaredClusters, declaredInstance, declaredOtherInstances } from './rds.ts';
import { declaredRegion } from './region.ts';
import { declaredPolicies } from './resource-policies.ts';
import { declaredHostedZone } from './route53.ts';
import {
  declaredAccessPoint,
  declaredBucket,
  declaredMultiRegionAccessPoint,
} from './s3-bucket.ts';
import { declaredDefaultGroup, declaredSecurityGroup } from './security-group.ts';
import { declaredCopies } from './shared-copies.ts';
import { declaredSsm } from './ssm.ts';
import {
  declaredFunction,
  declaredLaunchTemplate,
  declaredRepository,
  declaredSecret,
  declaredTrail,
} from './workloads.ts';

/** The types of the catalogue that a template declares. */
export const declaredTypes: readonly DeclaredType[] = [
  declaredSecurityGroup,
  declaredDefaultGroup,
  ...declaredEc2,
  declaredLaunchTemplate,
  declaredLoadBalancer,
  declaredClassicLoadBalancer,
  declaredDistribution,
  declaredHostedZone,
  ...declaredApis,
  ...declaredTables,
  ...declaredDataStores,
  ...declaredDataServices,
  ...declaredBuildsAndCaches,
  declaredGroup,
  declaredManagedPolicy,
  declaredRole,
  declaredUser,
  ...declaredKeys,
  ...declaredClusters,
  declaredInstance,
  ...declaredOtherInstances,
  declaredBucket,
  declaredAccessPoint,
  declaredMultiRegionAccessPoint,
  declaredTopic,
  declaredQueue,
  declaredFunction,
  declaredRepository,
  declaredSecret,
  declaredTrail,
  ...declaredPolicies,
  ...declaredRegion,
  declaredDetector,
  ...declaredAccount,
  ...declaredSsm,
  ...declaredCopies,
];

/** The calls that are answered from a template. */
export const answers: { readonly [S in Service]?: Answers } = {
  accessanalyzer: analyzerAnswers,
  account: accountAnswers.account,
  apigateway: { ...apigatewayAnswers, ...restApiAnswers },
  apigatewayv2: apigatewayv2Answers,
  athena: athenaAnswers,
  autoscaling: autoscalingAnswers,
  backup: backupAnswers,
  cloudfront: cloudfrontAnswers,
  cloudtrail: cloudtrailAnswers,
  cloudwatch: cloudwatchAnswers,
  codebuild: codebuildAnswers,
  cognitoidentity: cognitoIdentityAnswers,
  config: configAnswers,
  dms: dmsAnswers,
  dynamodb: dynamodbAnswers,
  ec2: {
    ...ec2Answers,
    ...networkAnswers,
    ...computeAnswers,
    ...launchAnswers,
    ...ec2RegionAnswers,
    ...accountAnswers.ec2,
    ...sharedAnswers.ec2,
  },
  ecr: ecrAnswers,
  ecs: ecsAnswers,
  efs: efsAnswers,
  eks: eksAnswers,
  elasticache: elasticacheAnswers,
  elb: elbAnswers,
  elbv2: elbv2Answers,
  emr: accountAnswers.emr,
  eventbridge: eventbridgeAnswers,
  glue: glueAnswers,
  guardduty: guarddutyAnswers,
  iam: { ...iamAnswers, ...accountAnswers.iam },
  kafka: kafkaAnswers,
  kinesis: kinesisAnswers,
  kms: kmsAnswers,
  lambda: lambdaAnswers,
  logs: logsAnswers,
  opensearch: opensearchAnswers,
  rds: { ...rdsAnswers, ...sharedAnswers.rds },
  redshift: redshiftAnswers,
  redshiftserverless: redshiftServerlessAnswers,
  route53: route53Answers,
  s3: s3Answers,
  s3control: { ...accountAnswers.s3control, ...accessPointAnswers, ...accessPointPolicyAnswers },
  sagemaker: sagemakerAnswers,
  secretsmanager: secretsAnswers,
  securityhub: securityhubAnswers,
  sfn: sfnAnswers,
  sns: { ...snsAnswers, ...subscriptionAnswers },
  sqs: sqsAnswers,
  ssm: ssmAnswers,
};

/** The types of the catalogue that no template declares, and why. */
export const undeclared: Readonly<Record<string, string>> = {
  'AWS::IAM::ServerCertificate': 'when a certificate ends is in the certificate',
  'AWS::SSM::AssociationCompliance': 'whether an instance complies only shows while it runs',
  'AWS::SSM::PatchCompliance': 'whether an instance complies only shows while it runs',
};
