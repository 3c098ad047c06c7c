import type { AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import type { Access } from '../../../lib/controls/cloudtrail/shared/object-events.ts';
import { main, ofOrganization } from './trails.ts';

const category: AdvancedFieldSelector = { Field: 'eventCategory', Equals: ['Data'] };
const objects: AdvancedFieldSelector = { Field: 'resources.type', Equals: ['AWS::S3::Object'] };

/** The rows of the two controls of calls on objects, which differ in the kind of call. */
export const objectEventRows = (access: Access) => {
  const other = access === 'Read' ? 'Write' : 'Read';
  const readOnly = access === 'Read' ? 'true' : 'false';
  const trailOf = (selectors: object, more: object = {}) => ({
    trails: [{ ...main, selectors: { basic: [], advanced: [], ...selectors }, ...more }],
  });
  const of = (ReadWriteType: EventSelector['ReadWriteType'], ...Values: string[]) => ({
    basic: [{ ReadWriteType, DataResources: [{ Type: 'AWS::S3::Object', Values }] }],
  });
  const advanced = (...FieldSelectors: AdvancedFieldSelector[]) => ({
    advanced: [{ FieldSelectors }],
  });
  const pass = (given: object) => ({ given, verdict: 'PASS' as const });
  const fails = (given: object) => ({
    given,
    verdict: 'FAIL' as const,
    evidence: [`trails[${main.arn}]`],
  });
  const every = 'arn:aws:s3:::';
  return {
    'of every bucket': pass(trailOf(of('All', every))),
    'of every bucket, in the older spelling': pass(trailOf(of('All', 'arn:aws:s3'))),
    'of every bucket of China': pass(trailOf(of('All', 'arn:aws-cn:s3:::'))),
    'such calls alone': pass(trailOf(of(`${access}Only`, every))),
    'the other calls alone': fails(trailOf(of(`${other}Only`, every))),
    'of one bucket': fails(trailOf(of('All', 'arn:aws:s3:::invoices/'))),
    'of functions': fails(
      trailOf({
        basic: [
          {
            ReadWriteType: 'All',
            DataResources: [{ Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] }],
          },
        ],
      }),
    ),
    'no data event': fails({ trails: [main] }),
    'no selector': fails(trailOf({})),
    'an advanced selector of objects': pass(trailOf(advanced(category, objects))),
    'an advanced selector of such calls': pass(
      trailOf(advanced(category, objects, { Field: 'readOnly', Equals: [readOnly] })),
    ),
    'an advanced selector of the other calls': fails(
      trailOf(
        advanced(category, objects, {
          Field: 'readOnly',
          Equals: [readOnly === 'true' ? 'false' : 'true'],
        }),
      ),
    ),
    'an advanced selector of some buckets': fails(
      trailOf(
        advanced(category, objects, { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::inv'] }),
      ),
    ),
    ...Object.fromEntries(
      [every, 'arn:aws-cn:s3:::', 'arn:aws:s3'].map((prefix) => [
        `an advanced selector of every bucket, ${prefix}`,
        pass(
          trailOf(
            advanced(category, objects, {
              Field: 'resources.ARN',
              StartsWith: ['arn:aws:s3:::invoices/', prefix],
            }),
          ),
        ),
      ]),
    ),
    'an advanced selector of every bucket but one': fails(
      trailOf(
        advanced(category, objects, {
          Field: 'resources.ARN',
          StartsWith: [every],
          NotStartsWith: ['arn:aws:s3:::invoices/'],
        }),
      ),
    ),
    'an advanced selector of the ARN of every bucket, taken literally': fails(
      trailOf(advanced(category, objects, { Field: 'resources.ARN', Equals: [every] })),
    ),
    'an advanced selector that leaves a call out': fails(
      trailOf(advanced(category, objects, { Field: 'eventName', NotEquals: ['PutObject'] })),
    ),
    'one region alone': fails(trailOf(of('All', every), { isMultiRegion: false })),
    'somebody stopped it': fails(trailOf(of('All', every), { isLogging: false })),
    'no trail': { given: { trails: [] }, verdict: 'FAIL' as const, evidence: ['trails'] },
    'the organization’s, of which more is not told': {
      given: { trails: [{ ...ofOrganization, isLogging: true, selectors: undefined }] },
      verdict: 'UNKNOWN' as const,
    },
  };
};
