import type { AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import { trailDeliversManagementWrites } from '../../../lib/controls/plumbline/trail-delivers-management-writes.ts';
import { testControl } from '../harness.ts';

const arn = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/main';
const all: EventSelector = { ReadWriteType: 'All', IncludeManagementEvents: true };
const trail = {
  arn,
  homeRegion: 'us-east-1',
  isMultiRegion: true,
  hasGlobalEvents: true,
  isLogging: true,
  selectors: { basic: [all], advanced: [] },
};
const basic = (...selectors: readonly EventSelector[]) => ({
  trails: [{ ...trail, selectors: { basic: [...selectors], advanced: [] } }],
});
const management: AdvancedFieldSelector = { Field: 'eventCategory', Equals: ['Management'] };
const advanced = (...selectors: readonly (readonly AdvancedFieldSelector[])[]) => {
  const events = selectors.map((fields) => ({ FieldSelectors: [...fields] }));
  return { trails: [{ ...trail, selectors: { basic: [], advanced: events } }] };
};

testControl(trailDeliversManagementWrites, {
  rows: {
    'a multi-region trail records everything': { given: { trails: [trail] }, verdict: 'PASS' },
    'a trail of this region alone': {
      given: { trails: [{ ...trail, isMultiRegion: false }] },
      verdict: 'PASS',
    },
    'no trail': {
      given: { trails: [] },
      verdict: 'FAIL',
      reason: /no trail records this region/,
      evidence: ['trails'],
    },
    'a trail of another region': {
      given: { trails: [{ ...trail, isMultiRegion: false, homeRegion: 'eu-west-1' }] },
      verdict: 'FAIL',
      reason: /no trail records this region/,
    },
    'a multi-region trail of another region': {
      given: { trails: [{ ...trail, homeRegion: 'eu-west-1' }] },
      verdict: 'PASS',
    },
    'a trail that was stopped': {
      given: { trails: [{ ...trail, isLogging: false }] },
      verdict: 'FAIL',
      evidence: [`trails[${arn}]`],
    },
    'one that was stopped beside one that logs': {
      given: { trails: [{ ...trail, isLogging: false }, trail] },
      verdict: 'PASS',
    },
    'a trail without global services does not hear of IAM': {
      given: { trails: [{ ...trail, isMultiRegion: false, hasGlobalEvents: false }] },
      verdict: 'FAIL',
    },
    'no selector was ever set': { given: basic(), verdict: 'PASS' },
    'only writes': { given: basic({ ...all, ReadWriteType: 'WriteOnly' }), verdict: 'PASS' },
    'only reads': { given: basic({ ...all, ReadWriteType: 'ReadOnly' }), verdict: 'FAIL' },
    'no management events': {
      given: basic({ ...all, IncludeManagementEvents: false }),
      verdict: 'FAIL',
    },
    'management events by one of two selectors': {
      given: basic({ ...all, IncludeManagementEvents: false }, all),
      verdict: 'PASS',
    },
    'without the events of KMS': {
      given: basic({ ...all, ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
      verdict: 'PASS',
    },
    'advanced: all management events': { given: advanced([management]), verdict: 'PASS' },
    'advanced: writes': {
      given: advanced([management, { Field: 'readOnly', Equals: ['false'] }]),
      verdict: 'PASS',
    },
    'advanced: reads': {
      given: advanced([management, { Field: 'readOnly', Equals: ['true'] }]),
      verdict: 'FAIL',
    },
    'advanced: all but reads': {
      given: advanced([management, { Field: 'readOnly', Equals: [], NotEquals: ['true'] }]),
      verdict: 'PASS',
    },
    'advanced: all but writes': {
      given: advanced([management, { Field: 'readOnly', NotEquals: ['false'] }]),
      verdict: 'FAIL',
    },
    'advanced: without the events of KMS and of the RDS Data API': {
      given: advanced([
        management,
        { Field: 'eventSource', NotEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] },
      ]),
      verdict: 'PASS',
    },
    'advanced: without the events of S3': {
      given: advanced([management, { Field: 'eventSource', NotEquals: ['s3.amazonaws.com'] }]),
      verdict: 'FAIL',
    },
    'advanced: the events of S3 alone': {
      given: advanced([management, { Field: 'eventSource', Equals: ['s3.amazonaws.com'] }]),
      verdict: 'FAIL',
    },
    'advanced: some calls alone': {
      given: advanced([management, { Field: 'eventName', StartsWith: ['Put'] }]),
      verdict: 'FAIL',
    },
    'advanced: data events alone': {
      given: advanced([
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
      ]),
      verdict: 'FAIL',
    },
    'advanced: management events by one of two': {
      given: advanced([{ Field: 'eventCategory', Equals: ['Data'] }], [management]),
      verdict: 'PASS',
    },
    "an organization's trail that a member cannot see": {
      given: { trails: [{ ...trail, isLogging: undefined, selectors: undefined }] },
      verdict: 'UNKNOWN',
    },
    'its status is seen, what it selects is not': {
      given: { trails: [{ ...trail, selectors: undefined }] },
      verdict: 'UNKNOWN',
    },
    'one that cannot be seen beside one that logs': {
      given: { trails: [{ ...trail, isLogging: undefined, selectors: undefined }, trail] },
      verdict: 'PASS',
    },
    'one that cannot be seen beside one that was stopped': {
      given: {
        trails: [
          { ...trail, isLogging: undefined, selectors: undefined },
          { ...trail, isLogging: false },
        ],
      },
      verdict: 'UNKNOWN',
    },
  },
});
