import type { Tag } from '@aws-sdk/client-dynamodb';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { dynamodb } from '../../services/dynamodb.ts';
import { tagsIn } from '../described.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => dynamodb.arn('table', ref, ref.id);

/** The name in a table's name or ARN; a stream or an index of it has more behind that, and a policy of its own. */
const tableName = (text: string): string | undefined =>
  text.startsWith('arn:') ? /:table\/([\w.-]+)$/.exec(text)?.[1] : text;

const tableOf = async (reader: Reader, { id }: Ref) => {
  const { Table } = await reader.call('dynamodb', 'describeTable', { TableName: id });
  return {
    state: Table?.TableStatus,
    refusesDeletion: Table?.DeletionProtectionEnabled ?? false,
  };
};

const source = dynamodb.eventSource;

/** A table of the account and region; its id is its name. That of a global table is in each of its regions one of its own. */
export const dynamodbTable = defineResourceType({
  type: 'AWS::DynamoDB::Table',
  scope: 'regional',
  securityHubType: 'AwsDynamoDbTable',
  live: {
    gone: ['ResourceNotFoundException', 'TableNotFoundException'],
    settlesAfterSeconds: 30,
    unsettled: {
      facet: 'table',
      while: (value) => /^(CREATING|UPDATING|DELETING)$/.test(String(Object(value).state)),
    },
    announcements: [
      {
        via: 'cloudtrail',
        source,
        calls: {
          CreateTable: 'created',
          RestoreTableFromBackup: 'created',
          RestoreTableToPointInTime: 'created',
          ImportTable: 'created',
          UpdateTable: ['table'],
          UpdateContinuousBackups: ['recovery'],
          DeleteTable: 'deleted',
        },
        // Of a restored one the source is named as well, which stays as it is.
        idsIn: named({
          request: ['tableName', 'targetTableName', 'tableCreationParameters.tableName'],
          idOf: tableName,
        }),
      },
      {
        via: 'cloudtrail',
        source,
        calls: { PutResourcePolicy: ['policy'], DeleteResourcePolicy: ['policy'] },
        hides: ['PutResourcePolicy'],
        idsIn: named({ request: ['resourceArn'], idOf: tableName, otherwise: 'none' }),
      },
    ],
    list: {
      actions: ['dynamodb:ListTables'],
      page: async (reader, token) => {
        const { TableNames = [], LastEvaluatedTableName } = await reader.call(
          'dynamodb',
          'listTables',
          { Limit: 100, ...(token === undefined ? {} : { ExclusiveStartTableName: token }) },
        );
        return {
          resources: TableNames.map((id) => ({ id })),
          ...(LastEvaluatedTableName ? { next: LastEvaluatedTableName } : {}),
        };
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['dynamodb:ListTagsOfResource'],
    read: async (reader, ref) => {
      const all: Tag[] = [];
      const asked = { ResourceArn: arn(ref) };
      for await (const { Tags = [] } of reader.pages('dynamodb', 'listTagsOfResource', asked))
        all.push(...Tags);
      return { arn: arn(ref), tags: tagsIn(all) };
    },
  },
  facets: {
    table: {
      actions: ['dynamodb:DescribeTable'],
      read: tableOf,
      comparable: (value) => ({ ...Object(value), state: undefined }),
    },
    /** Whether it can be restored as it was at any moment of the last weeks. */
    recovery: {
      actions: ['dynamodb:DescribeContinuousBackups'],
      read: async (reader, { id }) => {
        const asked = { TableName: id };
        const { ContinuousBackupsDescription: shown } = await reader.call(
          'dynamodb',
          'describeContinuousBackups',
          asked,
        );
        const { PointInTimeRecoveryStatus, RecoveryPeriodInDays } =
          shown?.PointInTimeRecoveryDescription ?? {};
        return { isOn: PointInTimeRecoveryStatus === 'ENABLED', days: RecoveryPeriodInDays };
      },
    },
    /** Its own policy; that of its stream is another. */
    policy: {
      actions: ['dynamodb:GetResourcePolicy'],
      absent: ['PolicyNotFoundException'],
      read: async (reader, ref) =>
        (await reader.call('dynamodb', 'getResourcePolicy', { ResourceArn: arn(ref) })).Policy,
      comparable: asData,
    },
  },
});
