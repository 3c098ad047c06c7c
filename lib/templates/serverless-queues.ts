import { namedIn } from '../support/named-in.ts';
import { asRecord, text } from '../support/untyped.ts';
import { isNoValue } from './conditional-items.ts';
import { madeWhere } from './serverless-conditions.ts';
import { arnOf } from './serverless-permissions.ts';
import type { Declaration, Template } from './template.ts';

type Fields = Readonly<Record<string, unknown>>;

const kinds: Readonly<Record<string, { readonly type: string; readonly called: string }>> = {
  SQS: { type: 'AWS::SQS::Queue', called: 'Queue' },
  SNS: { type: 'AWS::SNS::Topic', called: 'Topic' },
};

/**
 * The queues and topics that SAM makes for a function whose events go on to one that nobody names.
 * https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/sam_resources.py
 */
export const destinationsOf = (declared: Declaration): readonly Declaration[] => {
  const { DestinationConfig } = asRecord(asRecord(declared.properties)['EventInvokeConfig']);
  return ['OnSuccess', 'OnFailure'].flatMap((outcome) => {
    const { Type, Destination } = asRecord(asRecord(DestinationConfig)[outcome]);
    const kind = namedIn(kinds, text(Type) ?? '');
    const named = isNoValue(Destination) ? undefined : Destination;
    const where = madeWhere(named, declared.condition);
    if (!kind || !where) return [];
    const logicalId = `${declared.logicalId}EventInvokeConfig${outcome}${kind.called}`;
    return [{ ...declared, ...where, logicalId, type: kind.type, properties: {} }];
  });
};

interface Fed {
  readonly event: string;
  /** Who sends to the queue. */
  readonly Principal: unknown;
  readonly source: unknown;
}
const queue = (declared: Declaration, logicalId: string, properties: Fields): Declaration => ({
  ...declared,
  logicalId,
  type: 'AWS::SQS::Queue',
  properties,
});
const policy = (
  declared: Declaration,
  { event, Principal, source }: Fed,
  { arn, url }: { readonly arn: unknown; readonly url: unknown },
  logicalId = `${event}QueuePolicy`,
): Declaration => ({
  ...declared,
  logicalId,
  type: 'AWS::SQS::QueuePolicy',
  properties: {
    Queues: [url],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'sqs:SendMessage',
          Effect: 'Allow',
          Principal,
          Resource: arn,
          Condition: { ArnEquals: { 'aws:SourceArn': source } },
        },
      ],
    },
  },
});
const ownQueue = (id: string) => ({ arn: { 'Fn::GetAtt': [id, 'Arn'] }, url: { Ref: id } });

/** The queue between a topic and a function, or its policy where the queue is there already. */
const subscribed = (
  declared: Declaration,
  event: string,
  { Topic, SqsSubscription }: Fields,
  template: Template,
): readonly Declaration[] => {
  if (SqsSubscription === undefined || SqsSubscription === false) return [];
  const fed = { event, Principal: '*', source: Topic };
  if (SqsSubscription === true) {
    const id = `${event}Queue`;
    const topic = template.declarations.get(text(asRecord(Topic)['Ref']) ?? '');
    const { FifoTopic } = asRecord(topic?.properties);
    return [
      queue(declared, id, FifoTopic === undefined ? {} : { FifoQueue: FifoTopic }),
      policy(declared, fed, ownQueue(id)),
    ];
  }
  const { QueueArn: arn, QueueUrl: url, QueuePolicyLogicalId } = asRecord(SqsSubscription);
  return [policy(declared, fed, { arn, url }, text(QueuePolicyLogicalId))];
};

const ruled: ReadonlySet<unknown> = new Set(['Schedule', 'CloudWatchEvent', 'EventBridgeRule']);
/** The queue that a rule sends to what it could not deliver, where nobody names one. */
const undelivered = (
  declared: Declaration,
  event: string,
  { DeadLetterConfig }: Fields,
): readonly Declaration[] => {
  const { Type, Arn, QueueLogicalId } = asRecord(DeadLetterConfig);
  if (Type !== 'SQS' || Arn !== undefined) return [];
  const id = text(QueueLogicalId) ?? `${event}Queue`;
  const Principal = { Service: 'events.amazonaws.com' };
  const fed = { event, Principal, source: arnOf('events', `rule/${event}`) };
  return [queue(declared, id, {}), policy(declared, fed, ownQueue(id))];
};

/**
 * The queues, with their policies, that SAM makes for events.
 * https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/sqs.py
 */
export const queuesOf = (declared: Declaration, template: Template): readonly Declaration[] =>
  Object.entries(asRecord(asRecord(declared.properties)['Events'])).flatMap(([name, one]) => {
    const { Type, Properties } = asRecord(one);
    const event = `${declared.logicalId}${name}`;
    const settings = asRecord(Properties);
    if (Type === 'SNS') return subscribed(declared, event, settings, template);
    return ruled.has(Type) ? undelivered(declared, event, settings) : [];
  });
