import type { Mappings } from '../mapping.ts';
import { accountTypes } from './account.ts';
import { apigatewayTypes } from './apigateway.ts';
import { buildAndCacheTypes } from './builds-and-caches.ts';
import { cloudControlMapping } from './cloud-control.ts';
import { cloudfrontTypes } from './cloudfront.ts';
import { dataServiceTypes } from './data-services.ts';
import { dataStoreTypes } from './data-stores.ts';
import { dynamodbTypes } from './dynamodb.ts';
import { computeTypes } from './ec2-compute.ts';
import { networkTypes } from './ec2-network.ts';
import { elbTypes } from './elb.ts';
import { elbv2Types } from './elbv2.ts';
import { guarddutyTypes } from './guardduty.ts';
import { iamTypes } from './iam.ts';
import { kmsTypes } from './kms.ts';
import { messagingTypes } from './messaging.ts';
import { rdsTypes } from './rds.ts';
import { route53Types } from './route53.ts';
import { s3Types } from './s3.ts';
import { sharedCopyTypes } from './shared-copies.ts';
import { ssmTypes } from './ssm.ts';
import { workloadTypes } from './workloads.ts';

/** The types of Terraform's provider for AWS that are read, each in CloudFormation's shape. */
export const mappings: Mappings = {
  ...s3Types,
  ...networkTypes,
  ...computeTypes,
  ...apigatewayTypes,
  ...buildAndCacheTypes,
  ...cloudfrontTypes,
  ...dataServiceTypes,
  ...dataStoreTypes,
  ...dynamodbTypes,
  ...elbTypes,
  ...elbv2Types,
  ...guarddutyTypes,
  ...iamTypes,
  ...kmsTypes,
  ...rdsTypes,
  ...route53Types,
  ...messagingTypes,
  ...sharedCopyTypes,
  ...ssmTypes,
  ...workloadTypes,
  ...accountTypes,
};
export const mappingOf = (type: string): Mappings[string] | undefined =>
  Object.hasOwn(mappings, type) ? mappings[type] : cloudControlMapping(type);
