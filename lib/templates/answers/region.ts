import { Unresolved } from '../../model/unresolved.ts';
import type { Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { settingHere } from './account.ts';
import { type Answer, type Answers, awsError, eachOf } from './answer.ts';

const recorders = (stack: Stack) => stack.inRegion('AWS::Config::ConfigurationRecorder');

/** What a recorder records of, in the words of the call. */
const groupOf = (group: Part) => ({
  allSupported: group.get('AllSupported').flag() ?? !group.isSet,
  includeGlobalResourceTypes: group.get('IncludeGlobalResourceTypes').flag() ?? false,
  exclusionByResourceTypes: {
    resourceTypes: group.get('ExclusionByResourceTypes', 'ResourceTypes').nameList(),
  },
  recordingStrategy: { useOnly: group.get('RecordingStrategy', 'UseOnly').text() },
});

const described: Answer = (stack) => ({
  ConfigurationRecorders: recorders(stack).map((one) => ({
    name: one.name,
    roleARN: one.get('RoleARN').name(),
    recordingGroup: groupOf(one.get('RecordingGroup')),
    recordingMode: {
      recordingFrequency:
        one.get('RecordingMode', 'RecordingFrequency').text(['CONTINUOUS', 'DAILY']) ??
        'CONTINUOUS',
    },
  })),
});

/**
 * CloudFormation starts a recorder once there is a channel that it delivers by; a region has one of each. Terraform has a resource
 * that starts it.
 */
const isRecording = (stack: Stack, recorder: Resource): boolean => {
  const apart = recorder.get('Recording');
  const started = apart.get('IsEnabled').flag();
  if (started !== undefined) return started;
  if (!apart.isSet && stack.all('AWS::Config::DeliveryChannel').length > 0) return true;
  const what = apart.isSet ? 'what starts the recorder' : 'the delivery channel';
  return eachOf(stack, `${what}, which is not in the template`, [true, false]);
};
const statuses: Answer = (stack) => ({
  ConfigurationRecordersStatus: recorders(stack).map((one) => ({
    name: one.name,
    recording: isRecording(stack, one),
  })),
});

export const configAnswers: Answers = {
  describeConfigurationRecorders: described,
  describeConfigurationRecorderStatus: statuses,
};

const filters: Answer = (stack, { logGroupName }) => ({
  metricFilters: stack
    .all('AWS::Logs::MetricFilter')
    .filter((one) => one.get('LogGroupName').name() === logGroupName)
    .map((one) => ({
      filterName: one.name,
      filterPattern: one.get('FilterPattern').text(),
      metricTransformations: one
        .get('MetricTransformations')
        .items()
        .map((metric) => ({
          metricName: metric.get('MetricName').name(),
          metricNamespace: metric.get('MetricNamespace').name(),
        })),
    })),
});

/** An action that is open as a whole can be a topic or not. */
const actionsOf = (alarm: Resource): readonly string[] =>
  alarm
    .get('AlarmActions')
    .texts()
    .map((one) => (one.name()?.startsWith('arn:') ? (one.name() ?? '') : (one.text() ?? '')));

const alarms: Answer = (stack, { MetricName, Namespace }) => ({
  MetricAlarms: stack
    .all('AWS::CloudWatch::Alarm')
    .filter(
      (one) =>
        one.get('MetricName').name() === MetricName && one.get('Namespace').name() === Namespace,
    )
    .map((one) => ({
      AlarmName: one.name,
      ActionsEnabled: one.get('ActionsEnabled').flag() ?? true,
      AlarmActions: actionsOf(one),
    })),
});

/** Who is subscribed is taken to confirm it. */
const subscriptions: Answer = (stack, { TopicArn }) => {
  const topic = stack.all('AWS::SNS::Topic').find((one) => one.arn === TopicArn);
  if (!topic) throw new Unresolved(`the topic ${TopicArn}, which is not in the template`);
  const apart = stack.leadingTo([topic.arn], 'TopicArn', 'AWS::SNS::Subscription');
  const all = [...topic.get('Subscription').items(), ...apart];
  return { Subscriptions: all.map((_, index) => ({ SubscriptionArn: `${topic.arn}:${index}` })) };
};

/** What a template names is there once it is deployed: what writes to a log group that is not there is not made. */
const groups: Answer = (_, { logGroupNamePrefix }) => ({
  logGroups: [{ logGroupName: logGroupNamePrefix }],
});

export const logsAnswers: Answers = {
  describeMetricFilters: filters,
  describeLogGroups: groups,
};
export const cloudwatchAnswers: Answers = { describeAlarmsForMetric: alarms };
export const subscriptionAnswers: Answers = { listSubscriptionsByTopic: subscriptions };

const analyzers: Answer = (stack) => ({
  analyzers: stack.all('AWS::AccessAnalyzer::Analyzer').map((one) => ({
    name: one.get('AnalyzerName').name() ?? one.declared.logicalId,
    type: one.get('Type').text(['ACCOUNT', 'ACCOUNT_UNUSED_ACCESS']),
    status: 'ACTIVE',
  })),
});
export const analyzerAnswers: Answers = { listAnalyzers: analyzers };

export const securityhubAnswers: Answers = {
  describeHub: (stack) => {
    const [hub] = stack.all('AWS::SecurityHub::Hub');
    if (!hub) throw awsError('InvalidAccessException');
    return { HubArn: hub.arn };
  },
};

/** Settings of a region that CloudFormation has types for. */
export const ec2RegionAnswers: Answers = {
  getSnapshotBlockPublicAccessState: (stack) => ({
    State: settingHere(stack, 'AWS::EC2::SnapshotBlockPublicAccess')
      ?.get('State')
      .text(['block-all-sharing', 'unblocked']),
  }),
  describeVpcBlockPublicAccessOptions: (stack) => ({
    VpcBlockPublicAccessOptions: {
      InternetGatewayBlockMode: settingHere(stack, 'AWS::EC2::VPCBlockPublicAccessOptions')
        ?.get('InternetGatewayBlockMode')
        .text(['off', 'block-bidirectional']),
    },
  }),
};
