import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IRole, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { denyAllBut } from '../permissions/deny-all-but.ts';

/**
 * What writes items. A transaction and a batch of PartiQL need these as well:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html
 */
const writing = [
  'BatchWriteItem',
  'DeleteItem',
  'PartiQLDelete',
  'PartiQLInsert',
  'PartiQLUpdate',
  'PutItem',
  'UpdateItem',
].map((action) => `dynamodb:${action}`);

/** A table of items by `pk` and `sk`, which only roles write that are let to. It outlives the stack. */
// Table, not TableV2: the local AWS can not deploy AWS::DynamoDB::GlobalTable.
export class GuardedTable extends Table {
  private readonly writers: IRole[];

  constructor(scope: Construct, id: string) {
    const writers: IRole[] = [];
    const arns = () => writers.map(({ roleArn }) => roleArn);
    const { partition, account } = Stack.of(scope);
    // The table cannot name itself in its own policy.
    const resources = ['*'];
    const rows = denyAllBut({ sid: 'Rows', principals: arns, actions: writing, resources });
    // CloudFormation sets it for a new table, by the role that the CDK deploys with.
    const deployer = `arn:${partition}:iam::${account}:role/cdk-*-cfn-exec-role-*`;
    const age = denyAllBut({
      sid: 'Age',
      principals: () => [deployer],
      actions: ['dynamodb:UpdateTimeToLive'],
      resources,
    });
    // Without a role of its own it calls for whoever deploys.
    age.addCondition('ForAllValues:StringNotEquals', {
      'aws:CalledVia': ['cloudformation.amazonaws.com'],
    });
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: RemovalPolicy.RETAIN,
      deletionProtection: true,
      resourcePolicy: new PolicyDocument({ statements: [rows, age] }),
    });
    this.writers = writers;
  }

  /** Lets a role write rows, which nobody else may, whatever else they may do. */
  letWrite(role: IRole): void {
    this.writers.push(role);
  }

  /** A sparse index of keys: only items that have both attributes are in it. */
  protected addIndex(indexName: string, partitionKey: string, sortKey: string): void {
    this.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
}
