import { deniedIndex, deniedShard, deniedShards, heldUpIn } from '../../model/denied.ts';
import type { Reader } from '../../model/resource-type.ts';
import { readerType } from './own-names.ts';
import { noStack, outputOf } from './own-stack.ts';
import { homeWide } from './wide.ts';

/** One thing that our own role may not read. */
interface Denial {
  /** `s3:GetBucketPolicy`, or type and facet where AWS does not name the action. */
  readonly what: string;
  /** The kind of policy that refuses it; empty where AWS does not say it. */
  readonly by: string;
  readonly verdicts: number;
  readonly resources: number;
  /** One of the resources: type and id. */
  readonly such: string;
}

const resourceOf = (key: string): string => {
  const [, , type = '', ...id] = key.split('#');
  return `${type} ${id.join('#')}`;
};

/** What verdicts are held up by, as the rows of the posture table say; `undefined` where there is no such table. */
const readDenied = async (reader: Reader): Promise<readonly Denial[] | undefined> => {
  const TableName = await outputOf(reader, 'PostureTable');
  if (TableName === undefined) return undefined;
  const denials = new Map<string, Denial>();
  for (let shard = 0; shard < deniedShards; shard += 1) {
    const pages = reader.pages('dynamodb', 'query', {
      TableName,
      IndexName: deniedIndex,
      KeyConditionExpression: 'deniedShard = :shard',
      ExpressionAttributeValues: { ':shard': { S: deniedShard(shard) } },
    });
    for await (const { Items = [] } of pages)
      for (const { pk, denied } of Items)
        for (const [what, by, verdicts] of heldUpIn(denied?.S ?? '')) {
          const such = resourceOf(pk?.S ?? '');
          const known = denials.get(`${by} ${what}`);
          denials.set(`${by} ${what}`, {
            what,
            by,
            verdicts: verdicts + (known?.verdicts ?? 0),
            resources: 1 + (known?.resources ?? 0),
            such: known && known.such < such ? known.such : such,
          });
        }
  }
  return [...denials.values()].toSorted(
    (a, b) => b.verdicts - a.verdicts || (`${a.by} ${a.what}` < `${b.by} ${b.what}` ? -1 : 1),
  );
};

/** Our own reader: what it may not read. */
export const ownReader = homeWide({
  type: readerType,
  // What denies it is told of the deployment, or happens in another account; here it shows once something is refused.
  announcements: [],
  facets: {
    denials: {
      actions: ['cloudformation:DescribeStacks', 'dynamodb:Query'],
      absent: noStack,
      read: readDenied,
    },
  },
});
