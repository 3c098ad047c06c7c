import { asRecord, list, text } from '../support/untyped.ts';
import { isMarked, withMarks } from './joined-texts.ts';
import type { Declaration } from './template.ts';

/** A call that a custom resource of the CDK makes when its stack is deployed. */
interface CustomCall {
  /** As its writer names it: `S3`, `s3`, `@aws-sdk/client-s3`. */
  readonly service: string;
  /** By CloudTrail's name. */
  readonly action: string;
}

/**
 * A call as it is written, with marks in place of what functions put into it, and these parts. It is JSON as a text, and was a map
 * in the first versions. Throws where it is neither.
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/custom-resources/lib/aws-custom-resource/aws-custom-resource.ts
 */
export const writtenCall = (written: unknown) => {
  const [by, joined] = list(asRecord(written)['Fn::Join']);
  const isText = typeof written === 'string' || by === '';
  const parts = list(by === '' ? joined : [written]);
  return { call: asRecord(isText ? JSON.parse(withMarks(parts)) : written), parts };
};

const callIn = (written: unknown): CustomCall | undefined => {
  try {
    const { call } = writtenCall(written);
    const [service, action] = [text(call['service']), text(call['action'])];
    if (!service || !action || isMarked(action)) return undefined;
    const name = action.replace(/Command$/, '');
    return { service, action: `${name.charAt(0).toUpperCase()}${name.slice(1)}` };
  } catch {
    return undefined;
  }
};

/** Whether something is a call that is written by functions, as by `Fn::Sub`: it has the names of the fields of one. */
const mayCall = (written: unknown): boolean => {
  const text = JSON.stringify(written) ?? '';
  return /service\\*"/.test(text) && /action\\*"/.test(text);
};

const isCustom = ({ type }: Declaration): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/**
 * The calls that a custom resource makes when its stack is deployed; `unknown` where one of them cannot be read. A resource with
 * code of its own has none here: no template says what the code calls.
 */
export const customCalls = (custom: Declaration): readonly CustomCall[] | 'unknown' => {
  if (!isCustom(custom)) return [];
  const { Create, Update, ...others } = asRecord(custom.properties);
  const written = [Create, Update].filter((one) => one !== undefined);
  const calls = written.map(callIn).filter((one) => one !== undefined);
  const isByFunction = 'Fn::If' in others && mayCall(others);
  if (calls.length === written.length && !isByFunction) return calls;
  const isOfCdk = custom.type === 'Custom::AWS' || 'InstallLatestAwsSdk' in others;
  return isOfCdk || isByFunction || written.some(mayCall) || calls.length > 0 ? 'unknown' : [];
};
