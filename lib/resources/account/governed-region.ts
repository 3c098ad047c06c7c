import { defineResourceType, type Reader, type Where } from '../../model/resource-type.ts';
import { eventbridge } from '../../services/eventbridge.ts';
import { partitionOf } from '../../services/partition.ts';
import { membersOf } from './member.ts';
import { governedRegionType, regionsKey } from './own-names.ts';
import { noStack, outputOf } from './own-stack.ts';
import { probeActions, refusalOfAll } from './probes.ts';

const whereOf = (id: string): Where => {
  const [account = '', region = ''] = id.split('/');
  return { account, region };
};

const noteOf = async (reader: Reader, id: string) => {
  const TableName = await outputOf(reader, 'PostureTable');
  if (TableName === undefined) return undefined;
  const Key = { pk: { S: regionsKey }, sk: { S: id } };
  const { Item } = await reader.call('dynamodb', 'getItem', { TableName, Key });
  return Item ?? {};
};

/** How a region answers whoever reads there for Plumbline; `undefined` where it is not Plumbline that looks. */
const readAccess = async (reader: Reader, id: string) => {
  const { account, region } = whereOf(id);
  const note = await noteOf(reader, id);
  if (!note) return undefined;
  const isAway = account !== reader.account;
  if (isAway && !(await membersOf(reader)).includes(account)) return undefined;
  const there = isAway ? reader.within?.({ account, region }) : reader.elsewhere(region);
  if (!there) return undefined;
  return { refusal: await refusalOfAll(there), heldAt: note['heldAt']?.S };
};

const bus = (id: string): string => {
  const { account, region } = whereOf(id);
  return eventbridge.arn(
    'event-bus',
    { account, region, partition: partitionOf(region) },
    'default',
  );
};

/** The table of verdicts; `undefined` where no stack is deployed that has one. */
const tableOf = async (reader: Reader): Promise<string | undefined> => {
  try {
    return await outputOf(reader, 'PostureTable');
  } catch (error) {
    if (noStack.includes(Object(error).name)) return undefined;
    throw error;
  }
};

/** A governed region of an account, as Plumbline may read it; its id is both. What is heard there is on its default bus. */
export const governedRegion = defineResourceType({
  type: governedRegionType,
  scope: 'home',
  securityHubType: 'Other',
  arn: ({ id }) => bus(id),
  live: {
    gone: [],
    settlesAfterSeconds: 30,
    // What shuts us out is told in the management account, or nowhere; here it shows once a read is refused.
    announcements: [],
    // Only those that have refused whatever was asked are looked at.
    list: {
      actions: ['cloudformation:DescribeStacks', 'dynamodb:Query', ...probeActions],
      page: async (reader) => {
        const TableName = await tableOf(reader);
        if (TableName === undefined) return { resources: [] };
        const resources: { id: string }[] = [];
        const pages = reader.pages('dynamodb', 'query', {
          TableName,
          KeyConditionExpression: 'pk = :pk',
          FilterExpression: 'attribute_exists(closedSince)',
          ExpressionAttributeValues: { ':pk': { S: regionsKey } },
        });
        for await (const { Items = [] } of pages)
          resources.push(...Items.flatMap(({ sk }) => (sk?.S === undefined ? [] : [{ id: sk.S }])));
        return { resources };
      },
    },
  },
  about: { actions: [], read: async (_, { id }) => ({ arn: bus(id), tags: {} }) },
  facets: {
    access: {
      actions: ['cloudformation:DescribeStacks', 'dynamodb:GetItem', ...probeActions],
      absent: noStack,
      read: (reader, { id }) => readAccess(reader, id),
    },
  },
});
