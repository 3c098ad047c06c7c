import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, flagOr } from './answer.ts';

const trailNamed = (stack: Stack, name: unknown): Resource => {
  const all = stack.all('AWS::CloudTrail::Trail');
  const found = all.find((one) => one.arn === name || one.name === name);
  if (!found) throw awsError('TrailNotFoundException');
  return found;
};

const shown = (stack: Stack, trail: Resource) => ({
  TrailARN: trail.arn,
  Name: trail.name,
  HomeRegion: stack.template.deployment.region,
  get S3BucketName() {
    return trail.get('S3BucketName').name();
  },
  get S3KeyPrefix() {
    return trail.get('S3KeyPrefix').name();
  },
  get IsOrganizationTrail() {
    return trail.get('IsOrganizationTrail').flag() ?? false;
  },
  get LogFileValidationEnabled() {
    return trail.get('EnableLogFileValidation').flag() ?? false;
  },
  get KmsKeyId() {
    return trail.get('KMSKeyId').name();
  },
  get CloudWatchLogsLogGroupArn() {
    return trail.get('CloudWatchLogsLogGroupArn').name();
  },
  get IsMultiRegionTrail() {
    return trail.get('IsMultiRegionTrail').flag() ?? false;
  },
});

const trails: Answer = (stack, { trailNameList }) => ({
  trailList: (Array.isArray(trailNameList)
    ? trailNameList.map((name) => trailNamed(stack, name))
    : stack.all('AWS::CloudTrail::Trail')
  ).map((one) => shown(stack, one)),
});

const status: Answer = (stack, { Name }) => ({
  // CloudFormation requires it, and a trail of Terraform logs unless one says no.
  IsLogging: flagOr(stack, trailNamed(stack, Name).get('IsLogging'), 'the logging of trails', true),
});

// A trail without selectors records the management events of every service (PutEventSelectors).
const everything = { ReadWriteType: 'All', IncludeManagementEvents: true };

const selectors: Answer = (stack, { TrailName }) => {
  const trail = trailNamed(stack, TrailName);
  // CloudTrail answers with the names that CloudFormation has.
  const advanced = trail.get('AdvancedEventSelectors').json();
  if (Array.isArray(advanced) && advanced.length > 0)
    return { EventSelectors: [], AdvancedEventSelectors: advanced };
  const basic = trail.get('EventSelectors').items();
  return {
    EventSelectors:
      basic.length === 0
        ? [everything]
        : basic.map((one) => ({
            ReadWriteType: one.get('ReadWriteType').text(['All', 'WriteOnly', 'ReadOnly']) ?? 'All',
            IncludeManagementEvents: one.get('IncludeManagementEvents').flag() ?? true,
            ExcludeManagementEventSources: one.get('ExcludeManagementEventSources').nameList(),
          })),
  };
};

export const cloudtrailAnswers: Answers = {
  describeTrails: trails,
  getTrailStatus: status,
  getEventSelectors: selectors,
};
