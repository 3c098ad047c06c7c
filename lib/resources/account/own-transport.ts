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

/** Rules of a bus whose names begin so; none where there is no such bus. */
export async function* rulesOnBus(reader: Reader, NamePrefix: string, bus?: string) {
  const asked = { NamePrefix, ...(bus === undefined ? {} : { EventBusName: bus }) };
  try {
    for await (const { Rules = [] } of reader.pages('eventbridge', 'listRules', asked))
      yield* Rules;
  } catch (error) {
    if (Reflect.get(Object(error), 'name') !== 'ResourceNotFoundException') throw error;
  }
}

/** The same with their targets. */
export const readRules = async (reader: Reader, prefix: string, bus?: string) => {
  const rules: Awaited<ReturnType<typeof shownRule>>[] = [];
  for await (const rule of rulesOnBus(reader, prefix, bus))
    rules.push(await shownRule(reader, rule, bus));
  return rules;
};

/**
 * The rules of our stack, with their targets. There is a bus only where other regions are governed; a rule of a bus that is
 * gone is still named by a queue.
 */
const readEventRules = async (reader: Reader) => [
  ...(await readRules(reader, stackPrefix)),
  ...(await readRules(reader, stackPrefix, earsBusName)),
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

/** Queues whose names begin so, with their policies as texts. */
export const readQueues = async (reader: Reader, QueueNamePrefix: string) => {
  const queues: {
    arn: string;
    policy: string | undefined;
    attributes: Readonly<Record<string, string>>;
  }[] = [];
  const asked = { QueueNamePrefix, MaxResults: 1000 };
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
    read: (reader) => readQueues(reader, stackPrefix),
  },
} as const satisfies Facets;
