import { randomUUID } from 'node:crypto';
import type { After, Answer, DecodedCall } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';
import { wireErrorOf } from '../endpoint/wire-error.ts';
import type { EventBus } from '../events/event-bus.ts';
import { requestParameters, responseElements } from './cloudtrail-elements.ts';
import { eventName, isManagementCall, regionOf, sourceOf } from './cloudtrail-names.ts';

export interface CloudTrailOptions {
  readonly account: string;
  readonly bus: EventBus;
  /** CloudTrail's `userIdentity` of an access key's owner. */
  readonly identityOf: (accessKeyId: string | undefined) => Promise<object>;
}

/** Emits `AWS API Call via CloudTrail` for each management call that writes, as a trail of such calls makes EventBridge do. */
export const cloudTrail =
  ({ account, bus, identityOf }: CloudTrailOptions): After =>
  async (call, answer, output, completed) => {
    if (call.readOnly || !isManagementCall(call)) return;
    const identity = await identityOf(call.accessKeyId);
    const record = recordOf(call, answer, output, { account, identity, completed });
    await bus.emit(regionOf(call), {
      Source: `aws.${sourceOf(call)}`,
      DetailType: 'AWS API Call via CloudTrail',
      Detail: JSON.stringify(record),
      Time: Date.parse(record.eventTime) / 1000,
    });
  };

// "The maximum size of this field is 100 KB; if the field's content is larger, it is omitted"
// (cloudtrail-event-reference-record-contents); what stands there instead: permiso.io/blog/cloudtrail-logging-evasion.
const mostBytes = 100 * 1024;
const limited = (part: 'requestParameters' | 'responseElements', content: Fields | null) => {
  const originalSize = Buffer.byteLength(JSON.stringify(content));
  return originalSize <= mostBytes
    ? content
    : { reason: `${part} too large`, omitted: true, originalSize };
};

interface Who {
  readonly account: string;
  readonly identity: object;
  readonly completed: Date;
}

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
const recordOf = (call: DecodedCall, answer: Answer, output: unknown, who: Who) => ({
  eventVersion: '1.11',
  userIdentity: who.identity,
  eventTime: who.completed.toISOString().replace(/\.\d+Z$/, 'Z'),
  eventSource: `${sourceOf(call)}.amazonaws.com`,
  eventName: eventName(call),
  awsRegion: regionOf(call),
  sourceIPAddress: call.sourceIp,
  userAgent: call.service.startsWith('s3') ? `[${call.userAgent}]` : call.userAgent,
  ...errorOf(call, answer),
  requestParameters: limited('requestParameters', requestParameters(call)),
  responseElements:
    answer.status < 300 ? limited('responseElements', responseElements(call, output)) : null,
  requestID: call.requestId,
  eventID: randomUUID(),
  readOnly: call.readOnly,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: who.account,
  eventCategory: 'Management',
});

const errorOf = (call: DecodedCall, answer: Answer): Fields => {
  const error = wireErrorOf(answer);
  if (!error) return {};
  const errorCode = call.service === 'ec2' ? `Client.${error.code}` : error.code;
  return { errorCode, errorMessage: error.message };
};
