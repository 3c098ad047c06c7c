import { functionRuntimeIsSupported } from '../../../lib/controls/lambda/function-runtime-is-supported.ts';
import { testControl } from '../harness.ts';

const at = new Date('2026-11-30T12:00:00Z');
// 180 days after the day on which AWS's page was read.
const trustedUntil = new Date('2027-01-27T00:00:00Z');
const zip = (runtime: string | undefined) => ({
  configuration: { packageType: 'Zip' as const, runtime, subnets: [] },
});

testControl(functionRuntimeIsSupported, {
  rows: {
    'a runtime with years to go, until the table is old': {
      given: zip('nodejs24.x'),
      at,
      verdict: 'PASS',
      recheckAt: trustedUntil,
    },
    'a runtime whose support ends soon': {
      given: zip('python3.10'),
      at: new Date('2026-10-01T00:00:00Z'),
      verdict: 'PASS',
      recheckAt: new Date('2026-10-31T00:00:00Z'),
    },
    'a runtime without support': {
      given: zip('python3.9'),
      at,
      verdict: 'FAIL',
      evidence: ['configuration.runtime'],
      reason: /ended on 2025-12-15/,
    },
    'a runtime on the day on which its support ends': {
      given: zip('python3.10'),
      at: new Date('2026-10-31T00:00:00Z'),
      verdict: 'FAIL',
    },
    'a runtime without support, in a table that is old': {
      given: zip('nodejs18.x'),
      at: new Date('2028-01-01T00:00:00Z'),
      verdict: 'FAIL',
    },
    'a supported runtime, in a table that is old': {
      given: zip('nodejs24.x'),
      at: trustedUntil,
      verdict: 'UNKNOWN',
      reason: /of 2026-07-31, older than 180 days/,
    },
    'a runtime that is newer than the table': {
      given: zip('nodejs26.x'),
      at,
      verdict: 'UNKNOWN',
      reason: /knows no runtime nodejs26.x/,
    },
    'a template that names none': {
      given: zip(undefined),
      at,
      verdict: 'UNKNOWN',
      reason: /says no runtime/,
    },
    'an image': {
      given: { configuration: { packageType: 'Image', runtime: undefined, subnets: [] } },
      at,
      verdict: 'NOT_APPLICABLE',
    },
  },
});
