import type { Rule, Target } from '@aws-sdk/client-eventbridge';
import type { Facets, Reader } from '../../model/resource-type.ts';
import { earsBusName, stackPrefix } from './own-prefix.ts';

const targetsOf = async (reader: Reader, Rule: string, EventBusName: string | undefined) => {
  const targets: Target[] = [];
  const asked = { Rule, ...(EventBusName === undefined ? {} : { EventBusName }) };
  for await (const { Targets = [] } of reader.pages('eventbridge', 'listTargetsByRule', asked))
    targets.push(...Targets);
  return targets;
};

const shownRule = async (
  reader: Reader,
  { Name = '', Arn = '', State, EventPattern, ScheduleExpression }: Rule,
  bus: string | undefined,
) => {
  const aims = await targetsOf(reader, Name, bus);
  return {
    name: Name,
    arn: Arn,
    state: State,
    pattern: EventPattern,
    schedule: ScheduleExpression,
    targets: aims.flatMap((target) => target.Arn ?? []),
    aims,
  };
};

const rulesOn = async (reader: Reader, bus?: string) => {
  const rules: Awaited<ReturnType<typeof shownRule>>[] = [];
  const asked = {
    NamePrefix: stackPrefix,
    ...(bus === undefined ? {} : { EventBusName: bus }),
  };
  for await (const page of reader.pages('eventbridge', 'listRules', asked))
    for (const rule of page.Rules ?? []) rules.push(await shownRule(reader, rule, bus));
  return rules;
};

/** There is a bus only where other regions are governed; a rule of a bus that is gone is still named by a queue. */
const rulesFromElsewhere = async (reader: Reader) => {
  try {
    return await rulesOn(reader, earsBusName);
  } catch (error) {
    if (Reflect.get(Object(error), 'name') === 'ResourceNotFoundException') return [];
    throw error;
  }
};

/** The rules of our stack, with their targets. */
const readEventRules = async (reader: Reader) => [
  ...(await rulesOn(reader)),
  ...(await rulesFromElsewhere(reader)),
];

/** What of a queue decides whether messages arrive, and stay; the counts of messages move by themselves. */
const queueAttributes: readonly string[] = [
  'DelaySeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'VisibilityTimeout',
];

/** The queues of our stack, with their policies as texts. */
const readQueues = async (reader: Reader) => {
  const queues: {
    arn: string;
    policy: string | undefined;
    attributes: Readonly<Record<string, string>>;
  }[] = [];
  const asked = { QueueNamePrefix: stackPrefix, MaxResults: 1000 };
  for await (const { QueueUrls = [] } of reader.pages('sqs', 'listQueues', asked)) {
    for (const QueueUrl of QueueUrls) {
      const { Attributes = {} } = await reader.call('sqs', 'getQueueAttributes', {
        QueueUrl,
        AttributeNames: ['All'],
      });
      const { QueueArn = '', Policy } = Attributes;
      const kept = Object.entries(Attributes).filter(([name]) => queueAttributes.includes(name));
      queues.push({ arn: QueueArn, policy: Policy, attributes: Object.fromEntries(kept) });
    }
  }
  return queues;
};

/** By what events arrive. */
export const transportFacets = {
  eventRules: {
    actions: ['events:ListRules', 'events:ListTargetsByRule'],
    read: readEventRules,
  },
  queues: {
    actions: ['sqs:ListQueues', 'sqs:GetQueueAttributes'],
    read: readQueues,
  },
} as const satisfies Facets;
