import type { Condition } from '@aws-sdk/client-guardduty';
import { severeFindingsAreShown } from '../../../lib/controls/guardduty/severe-findings-are-shown.ts';
import { testControl } from '../harness.ts';
import { detector, id } from './detector.ts';

const filter = (criteria: Readonly<Record<string, Condition>>, name = 'quiet') => ({
  suppressions: [{ name, criteria }],
});
const narrow = (criteria: Readonly<Record<string, Condition>>) =>
  ({ given: filter(criteria), verdict: 'PASS' }) as const;
const silent = (criteria: Readonly<Record<string, Condition>>) =>
  ({ given: filter(criteria), verdict: 'FAIL', evidence: ['suppressions'] }) as const;

testControl(severeFindingsAreShown, {
  base: { ...detector(), suppressions: [] },
  rows: {
    'nothing is archived': { given: {}, verdict: 'PASS' },
    'there is no GuardDuty': {
      given: { detector: undefined, suppressions: [] },
      verdict: 'NOT_APPLICABLE',
      reason: /GuardDuty\.1/,
    },
    'a filter of types': narrow({ type: { Equals: ['Recon:EC2/Portscan'] } }),
    'a filter of types, as of before': narrow({ type: { Eq: ['Recon:EC2/Portscan'] } }),
    'a filter of one instance': narrow({
      'resource.instanceDetails.instanceId': { Equals: ['i-0123456789abcdef0'] },
    }),
    'a filter of names by a pattern': narrow({ type: { Matches: ['Recon:*'] } }),
    'a filter of what is low': narrow({ severity: { LessThan: 4 } }),
    'a filter of what is below 7': narrow({ severity: { Lt: 7 } }),
    'a filter of what is low and medium, by values': narrow({
      severity: { Equals: ['1', '2', '3', '4', '5', '6'] },
    }),
    'a filter of severe findings of one type': narrow({
      severity: { GreaterThanOrEqual: 7 },
      type: { Equals: ['UnauthorizedAccess:EC2/TorClient'] },
    }),
    'a filter without criteria': {
      given: filter({}),
      verdict: 'FAIL',
      reason: /by quiet/,
    },
    'a filter of the account': silent({ accountId: { Equals: ['123456789012'] } }),
    'a filter of the region': silent({ region: { Eq: ['us-east-1'] } }),
    'a filter of what is not archived': silent({ 'service.archived': { Equals: ['false'] } }),
    'a filter of every severity': silent({ severity: { GreaterThanOrEqual: 1 } }),
    'a filter of what is severe': silent({ severity: { Gte: 7 } }),
    'a filter up to 7': silent({ severity: { LessThanOrEqual: 7 } }),
    'a filter below 11': silent({ severity: { LessThan: 11 } }),
    'a filter of high, by values': silent({ severity: { Equals: ['4', '7'] } }),
    'a filter of a severity in words': silent({ severity: { Equals: ['HIGH'] } }),
    'a filter of all types but one': silent({ type: { NotEquals: ['Recon:EC2/Portscan'] } }),
    'a filter of all types but one, as of before': silent({
      type: { Neq: ['Recon:EC2/Portscan'] },
    }),
    'a filter of every type': silent({ type: { Matches: ['*'] } }),
    'a filter of every type, or one': silent({ type: { Matches: ['Recon:*', '**'] } }),
    'a filter of what came since 2020': silent({ updatedAt: { GreaterThan: 1577836800000 } }),
    'a filter of what came before 2100': silent({ updatedAt: { LessThan: 4102444800000 } }),
    'a filter of whatever was seen': silent({ 'service.count': { GreaterThanOrEqual: 1 } }),
    'two filters, of which one is wide': {
      given: {
        suppressions: [
          { name: 'scans', criteria: { type: { Equals: ['Recon:EC2/Portscan'] } } },
          { name: 'all', criteria: { severity: { GreaterThan: 0 } } },
        ],
      },
      verdict: 'FAIL',
      reason: /by all$/,
    },
    'GuardDuty is suspended, and a filter stays': {
      given: { ...detector({}, { isOn: false, id }), ...filter({}) },
      verdict: 'FAIL',
    },
  },
});
