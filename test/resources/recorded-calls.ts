/**
 * A call on a resource as CloudTrail records it: from the documentation of the service, or, where no public record is found,
 * from the SDK's request, in the spelling of the service's other records.
 */
interface RecordedCall {
  readonly eventSource: string;
  readonly eventName: string;
  readonly requestParameters: object;
  readonly responseElements?: object;
  /** The resources that it names. */
  readonly ids: readonly string[];
}

/** What the test of a resource type exports as `recordedCalls`: at least one of each group of calls that tell of it. */
export type RecordedCalls = readonly RecordedCall[];

/** The event by which EventBridge tells of a call. */
export const eventOf = ({ ids: _, ...call }: RecordedCall): object => {
  const [account, awsRegion, time] = ['123456789012', 'us-east-1', '2026-06-15T12:00:05Z'];
  const arn = `arn:aws:iam::${account}:user/mira`;
  return {
    ...{ version: '0', id: '7e1d9c40-0000-4000-8000-000000000001', resources: [] },
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${call.eventSource.split('.')[0]}`,
    ...{ account, time, region: awsRegion },
    detail: {
      eventVersion: '1.11',
      userIdentity: {
        ...{ type: 'IAMUser', principalId: 'AIDAEXAMPLE0000000001', arn },
        ...{ accountId: account, accessKeyId: 'AKIAEXAMPLE0000000001', userName: 'mira' },
      },
      eventTime: time,
      ...{ awsRegion, sourceIPAddress: '198.51.100.24', userAgent: 'aws-cli/2.31.0' },
      responseElements: null,
      ...call,
      requestID: '5d1f0c62-0000-4000-8000-000000000001',
      eventID: '0b6c2a5e-0000-4000-8000-000000000001',
      ...{ readOnly: false, eventType: 'AwsApiCall', managementEvent: true },
      ...{ recipientAccountId: account, eventCategory: 'Management' },
    },
  };
};
