import type { Rule, Target } from '@aws-sdk/client-eventbridge';
import type { Reader, Ref } from '../../model/resource-type.ts';
import { trail } from '../cloudtrail/trail.ts';

/** What CloudFormation puts before the names of the resources of our stack. */
export const stackPrefix = 'Plumbline-';
/** Below it an SSM parameter for each control whose breaker has tripped: `/plumbline/breakers/S3.8`. */
export const breakersPath = '/plumbline/breakers/';

const untilIn = (text: string): string | undefined => {
  const [, until] = /"until"\s*:\s*"([^"]+)"/.exec(text) ?? [];
  return until !== undefined && !Number.isNaN(Date.parse(until)) ? until : undefined;
};

/** The breakers of remediation that have tripped: the control, and until when; a time that cannot be read is none. */
export const readBreakers = async (reader: Reader) => {
  const breakers: { control: string; until: string | undefined }[] = [];
  const asked = { Path: breakersPath.slice(0, -1) };
  for await (const { Parameters = [] } of reader.pages('ssm', 'getParametersByPath', asked)) {
    for (const { Name = '', Value = '' } of Parameters) {
      breakers.push({ control: Name.slice(breakersPath.length), until: untilIn(Value) });
    }
  }
  return breakers;
};

/** The trails that log in this region, with what each logs; a part that this account cannot see is left out. */
export const readTrails = async (reader: Reader, ref: Ref) => {
  const { trailList = [] } = await reader.call('cloudtrail', 'describeTrails', {});
  return Promise.all(
    trailList.map(async ({ TrailARN = '', ...shown }) => {
      const lender = { ...ref, id: TrailARN };
      return {
        arn: TrailARN,
        homeRegion: shown.HomeRegion,
        isMultiRegion: shown.IsMultiRegionTrail ?? false,
        hasGlobalEvents: shown.IncludeGlobalServiceEvents ?? false,
        isLogging: await reader.facet(trail, lender, 'isLogging'),
        selectors: await reader.facet(trail, lender, 'selectors'),
      };
    }),
  );
};

/** The customer's recorder, of which a region has at most one; AWS services may have their own beside it. */
export const readRecorder = async (reader: Reader) => {
  const { ConfigurationRecorders = [] } = await reader.call(
    'config',
    'describeConfigurationRecorders',
    {},
  );
  const recorder = ConfigurationRecorders.find(({ servicePrincipal }) => !servicePrincipal);
  if (!recorder) return undefined;
  const { ConfigurationRecordersStatus = [] } = await reader.call(
    'config',
    'describeConfigurationRecorderStatus',
    {},
  );
  const status = ConfigurationRecordersStatus.find(({ name }) => name === recorder.name);
  return {
    name: recorder.name,
    isRecording: status?.recording ?? false,
    group: recorder.recordingGroup,
    mode: recorder.recordingMode,
  };
};

const targetsOf = async (reader: Reader, Rule: string) => {
  const targets: Target[] = [];
  for await (const { Targets = [] } of reader.pages('eventbridge', 'listTargetsByRule', { Rule }))
    targets.push(...Targets);
  return targets;
};

const shownRule = async (
  reader: Reader,
  { Name = '', Arn = '', State, EventPattern, ScheduleExpression }: Rule,
) => {
  const aims = await targetsOf(reader, Name);
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

/** The rules of our stack, with their targets. */
export const readEventRules = async (reader: Reader) => {
  const rules: Awaited<ReturnType<typeof shownRule>>[] = [];
  for await (const page of reader.pages('eventbridge', 'listRules', { NamePrefix: stackPrefix }))
    for (const rule of page.Rules ?? []) rules.push(await shownRule(reader, rule));
  return rules;
};

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
export const readQueues = async (reader: Reader) => {
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
