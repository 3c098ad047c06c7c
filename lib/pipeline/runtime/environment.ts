import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { Redrive } from '../../aws/dead-letters.ts';
import { keepingChains } from '../../aws/kept-chains.ts';
import type { Inboxes } from '../../aws/queues.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { type OwnBuckets, withOwnExemptions } from '../../engine/baseline/own-exemptions.ts';
import type { RowForm } from '../../engine/posture/row-form.ts';

/** What the stack sets for its functions. */
export const required = (name: string): string => {
  const value = process.env[name];
  if (!value)
    throw new Error(`the environment variable ${name} is not set: deploy the stack again`);
  return value;
};

const listed = (name: string): readonly string[] => required(name).split(' ');

/** The queues that the function reads. */
export const ownInboxes = (): Inboxes => ({
  urls: listed('INBOX_URLS'),
  heldSeconds: Number(required('INBOX_HELD_SECONDS')),
});
/** Unique ids of the roles whose messages count as our own on these queues. */
export const ownRoles = (): ReadonlySet<string> => new Set(listed('INBOX_SENDERS'));

/** The queues whose dead letters are sent again, in pairs. */
export const deadLettersOf = (): readonly Redrive[] =>
  listed('DEAD_LETTERS').map((pair) => {
    const [from = '', to = ''] = pair.split('>');
    return { from, to };
  });

/** The buckets that the stack is made of, as `<kind>=<ARN>`; none where it was deployed before it said them. */
const ownBuckets = (): OwnBuckets =>
  Object.fromEntries(
    (process.env['OWN_BUCKETS'] ?? '').split(' ').map((pair) => {
      const [kind = '', arn] = pair.split('=');
      return [kind, arn];
    }),
  );

/** The resolved baseline that lies beside the handlers. Unreadable is an error, never "no exemptions". */
export const deployedBaseline = async (): Promise<Baseline> =>
  withOwnExemptions(
    JSON.parse(await readFile(join(required('LAMBDA_TASK_ROOT'), 'baseline.json'), 'utf8')),
    ownBuckets(),
  );

/**
 * How rows are written. This release reads both forms and writes text unless it is told: the release before, still in
 * flight or rolled back to, reads nothing else.
 */
export const rowForm = (): RowForm =>
  process.env['ROW_FORM'] === 'deflated' ? 'deflated' : 'json';

/** DynamoDB, loaded when it is first asked for, as the other clients are. */
export const dynamoDbIn = async (region: string): Promise<DynamoDBDocument> => {
  const [{ DynamoDBClient }, { DynamoDBDocument }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/lib-dynamodb'),
  ]);
  const dynamoDb = DynamoDBDocument.from(new DynamoDBClient({ region, maxAttempts: 3 }), {
    marshallOptions: { removeUndefinedValues: true },
    // The library throws for a number such as 1e400 or 2^60 + 0.5, and with it the whole batch that it stands in.
    unmarshallOptions: { wrapNumbers: Number },
  });
  return keepingChains(dynamoDb);
};
