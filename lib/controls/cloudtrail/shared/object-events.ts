import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
} from '@aws-sdk/client-cloudtrail';
import { type Evidence, fail, pass, unknown, type Verdict } from '../../../model/control.ts';
import type { Trail } from './trail-selection.ts';

/** Calls on objects that change them, or that only read them. */
export type Access = 'Read' | 'Write';

const everyBucket = /^arn:aws[\w-]*:s3(:::)?$/;

const recordsByBasic = (
  { ReadWriteType = 'All', DataResources = [] }: EventSelector,
  access: Access,
): boolean =>
  (ReadWriteType === 'All' || ReadWriteType === `${access}Only`) &&
  DataResources.some(
    ({ Type, Values = [] }) =>
      Type === 'AWS::S3::Object' && Values.some((value) => everyBucket.test(value)),
  );

/** Whether a field is held by this operator and by no other. */
const isOnly = (
  { Field: _, ...operators }: AdvancedFieldSelector,
  operator: 'Equals' | 'StartsWith',
): boolean =>
  Object.entries(operators).every(
    ([name, values]) => name === operator || (values ?? []).length === 0,
  );

/** Of an advanced selector, whose fields must all hold: each that is not about the kind of event leaves some out. */
const recordsByAdvanced = (
  { FieldSelectors = [] }: AdvancedEventSelector,
  access: Access,
): boolean => {
  const wanted: Readonly<Record<string, string>> = {
    eventCategory: 'Data',
    'resources.type': 'AWS::S3::Object',
    readOnly: access === 'Read' ? 'true' : 'false',
  };
  const fields = FieldSelectors.map(({ Field = '' }) => Field);
  return (
    ['eventCategory', 'resources.type'].every((field) => fields.includes(field)) &&
    FieldSelectors.every((one) => {
      const { Field = '' } = one;
      return Field === 'resources.ARN'
        ? isOnly(one, 'StartsWith') && one.StartsWith?.some((value) => everyBucket.test(value))
        : wanted[Field] !== undefined &&
            isOnly(one, 'Equals') &&
            one.Equals?.includes(wanted[Field]);
    })
  );
};

const recordsObjects = (
  { basic, advanced }: NonNullable<Trail['selectors']>,
  access: Access,
): boolean =>
  basic.some((one) => recordsByBasic(one, access)) ||
  advanced.some((one) => recordsByAdvanced(one, access));

const hidden = 'cannot be seen by this account';
const faultOf = (
  { isMultiRegion, isLogging, selectors }: Trail,
  access: Access,
): string | undefined => {
  if (!isMultiRegion) return 'records one region';
  if (isLogging === false) return 'not logging';
  if (isLogging === undefined || !selectors) return hidden;
  return recordsObjects(selectors, access)
    ? undefined
    : `leaves ${access.toLowerCase()}s of objects out`;
};

/** Whether a trail of every region records such calls on the objects of every bucket. */
export const evaluateObjectEvents = (trails: readonly Trail[], access: Access): Verdict => {
  const faults = trails.map((trail) => ({ trail, fault: faultOf(trail, access) }));
  if (faults.some(({ fault }) => fault === undefined)) return pass;
  if (faults.some(({ fault }) => fault === hidden))
    return unknown('the only trail that may record them cannot be seen by this account');
  const expected = `a multi-Region trail that records ${access.toLowerCase()}s of the objects of every bucket`;
  const evidence: readonly Evidence[] = faults.map(({ trail: { arn }, fault = '' }) => ({
    path: `trails[${arn}]`,
    actual: fault,
    expected,
  }));
  return fail(
    `no multi-Region trail records ${access.toLowerCase()}s of objects in every bucket`,
    evidence.length > 0 ? evidence : [{ path: 'trails', actual: [], expected }],
  );
};
