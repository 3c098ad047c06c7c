import { isRecord } from '../../support/untyped.ts';
import type { DecodedCall } from '../endpoint/call.ts';
import type { OperationModel } from '../endpoint/model.ts';
import { shown, xml } from './cloudtrail-shape.ts';

const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/';
const leftOut = /^x-amz-(sdk-)?checksum|^x-amz-expected-bucket-owner|^content-/i;

/**
 * S3 shows a request as it came: the bucket and the host, the subresource as an empty text, headers by their name,
 * the body by its root element; a policy is an object, called bucketPolicy.
 */
export const s3Parameters = (call: DecodedCall, { input, route }: OperationModel) => {
  const fields: Record<string, unknown> = {
    bucketName: call.input['Bucket'],
    accountId: call.input['AccountId'],
    // Of an access point.
    name: call.input['Name'],
    Host: call.headers['host'],
  };
  for (const literal of route?.literals.keys() ?? []) fields[literal] = '';
  for (const [name, member] of input.structIterator()) {
    const { httpHeader, httpPayload, xmlName = name } = member.getMergedTraits();
    const value = call.input[name];
    if (value === undefined) continue;
    if (httpHeader && !leftOut.test(httpHeader) && name !== 'AccountId') fields[httpHeader] = value;
    if (httpPayload && isRecord(value))
      fields[xmlName] = { ...Object(shown(member, value, xml)), xmlns };
    if (httpPayload && typeof value === 'string') fields['bucketPolicy'] = parsed(value);
  }
  return fields;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
