import { declares, each, type Mappings } from '../mapping.ts';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table */
export const dynamodbTypes: Mappings = {
  aws_dynamodb_table: declares(
    'AWS::DynamoDB::Table',
    {
      TableName: 'name',
      DeletionProtectionEnabled: 'deletion_protection_enabled',
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: 'point_in_time_recovery.0.enabled',
      },
      Replicas: each('replica', {
        Region: 'region_name',
        DeletionProtectionEnabled: 'deletion_protection_enabled',
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: 'point_in_time_recovery',
        },
      }),
    },
    { names: ['id', 'name'] },
  ),
  // Each region has settings of its own.
  aws_dynamodb_table_replica: declares(
    'AWS::DynamoDB::Table',
    {
      DeletionProtectionEnabled: 'deletion_protection_enabled',
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: 'point_in_time_recovery',
      },
    },
    { names: ['id'] },
  ),
  aws_dynamodb_resource_policy: declares(
    'AWS::DynamoDB::Table',
    { ResourcePolicy: { PolicyDocument: 'policy' } },
    { of: { by: 'resource_arn', name: 'TableName', isWhole: true } },
  ),
};
