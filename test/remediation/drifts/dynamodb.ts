import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

const account = '123456789012';
const type = 'AWS::DynamoDB::Table';
const arnOf = (name: string) => `arn:aws:dynamodb:us-east-1:${account}:table/${name}`;

const recovery = (PointInTimeRecoveryEnabled: boolean) => async (clients: Clients, name: string) =>
  (await clients('dynamodb')).updateContinuousBackups({
    TableName: name,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
  });

const newTable: Drift['arrange'] = async (clients) => {
  const TableName = uniqueName('drift');
  await (await clients('dynamodb')).createTable({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    DeletionProtectionEnabled: true,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  await recovery(true)(clients, TableName);
  return TableName;
};

export const dynamodbDrifts: readonly Drift[] = [
  {
    control: 'DynamoDB.6',
    type,
    title: 'somebody turns off deletion protection of a table',
    arrange: newTable,
    drift: async (clients, TableName) =>
      (await clients('dynamodb')).updateTable({ TableName, DeletionProtectionEnabled: false }),
  },
  {
    control: 'DynamoDB.2',
    type,
    title: 'somebody turns off point-in-time recovery of a table',
    arrange: newTable,
    drift: recovery(false),
  },
  {
    control: 'PL.POLICY.3',
    type,
    title: 'somebody lets everybody read a table',
    arrange: newTable,
    drift: async (clients, name) =>
      (await clients('dynamodb')).putResourcePolicy({
        ResourceArn: arnOf(name),
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'orders',
              Effect: 'Allow',
              Principal: '*',
              Action: 'dynamodb:GetItem',
              Resource: arnOf(name),
            },
          ],
        }),
      }),
  },
  {
    control: 'PL.POLICY.1',
    type: 'AWS::OpenSearchService::Domain',
    title: 'somebody names an unknown account in the policy of a domain',
    arrange: async (clients) => {
      const DomainName = uniqueName('d').slice(0, 28).toLowerCase();
      await (await clients('opensearch')).createDomain({ DomainName });
      return DomainName;
    },
    drift: async (clients, DomainName) =>
      (await clients('opensearch')).updateDomainConfig({
        DomainName,
        AccessPolicies: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'orders',
              Effect: 'Allow',
              Principal: {
                AWS: ['arn:aws:iam::999999999999:root', `arn:aws:iam::${account}:root`],
              },
              Action: 'es:ESHttpGet',
              Resource: `arn:aws:es:us-east-1:${account}:domain/${DomainName}/*`,
            },
          ],
        }),
      }),
  },
];
