import type { AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import { multiRegionTrailRecordsEveryCall } from '../../../lib/controls/cloudtrail/multi-region-trail-records-every-call.ts';
import { testControl } from '../harness.ts';
import { main, ofOrganization } from './trails.ts';

const basic = (selector: EventSelector) => ({
  trails: [{ ...main, selectors: { basic: [selector], advanced: [] } }],
});
const management: AdvancedFieldSelector = { Field: 'eventCategory', Equals: ['Management'] };
const advanced = (...FieldSelectors: AdvancedFieldSelector[]) => ({
  trails: [{ ...main, selectors: { basic: [], advanced: [{ FieldSelectors }] } }],
});
const stopped = { ...main, isLogging: false };
const plan = {
  risk: 'safe',
  calls: ['cloudtrail.startLogging'],
  input: { Name: 'main' },
} as const;
const nothing = { proposal: /waits to be started/ };

testControl(multiRegionTrailRecordsEveryCall, {
  rows: {
    'a trail of all Regions': { given: { trails: [main] }, verdict: 'PASS' },
    'one without a selector': {
      given: { trails: [{ ...main, selectors: { basic: [], advanced: [] } }] },
      verdict: 'PASS',
    },
    'an advanced selector of all management events': {
      given: advanced(management),
      verdict: 'PASS',
    },
    'that of the organization': { given: { trails: [ofOrganization] }, verdict: 'PASS' },
    none: { given: { trails: [] }, verdict: 'FAIL', evidence: ['trails'], plan: nothing },
    'somebody stopped it': {
      given: { trails: [stopped] },
      verdict: 'FAIL',
      evidence: [`trails[${main.arn}]`],
      plan,
    },
    'somebody stopped it, and another records one Region': {
      given: { trails: [{ ...main, arn: `${main.arn}-2`, isMultiRegion: false }, stopped] },
      verdict: 'FAIL',
      plan,
    },
    'a stopped one that would leave writes out': {
      given: {
        trails: [
          { ...stopped, selectors: { basic: [{ ReadWriteType: 'ReadOnly' }], advanced: [] } },
        ],
      },
      verdict: 'FAIL',
      plan: nothing,
    },
    'the stopped one is another Region’s': {
      given: { trails: [{ ...stopped, homeRegion: 'eu-west-1' }] },
      verdict: 'FAIL',
      plan: nothing,
    },
    'the stopped one is the organization’s': {
      given: { trails: [{ ...ofOrganization, isLogging: false }] },
      verdict: 'FAIL',
      plan: nothing,
    },
    'one Region alone': {
      given: { trails: [{ ...main, isMultiRegion: false }] },
      verdict: 'FAIL',
      plan: nothing,
    },
    'writes alone': {
      given: basic({ ReadWriteType: 'WriteOnly' }),
      verdict: 'FAIL',
      plan: nothing,
    },
    'all but what KMS does': {
      given: basic({ ReadWriteType: 'All', ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
      verdict: 'FAIL',
      plan: nothing,
    },
    'data events alone': {
      given: basic({ ReadWriteType: 'All', IncludeManagementEvents: false }),
      verdict: 'FAIL',
      plan: nothing,
    },
    'an advanced selector that leaves KMS out': {
      given: advanced(management, { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }),
      verdict: 'FAIL',
      plan: nothing,
    },
    'an advanced selector of data events': {
      given: advanced({ Field: 'eventCategory', Equals: ['Data'] }),
      verdict: 'FAIL',
      plan: nothing,
    },
    'the organization’s, which a member cannot look into': {
      given: { trails: [{ ...ofOrganization, selectors: undefined }] },
      verdict: 'UNKNOWN',
    },
  },
});
