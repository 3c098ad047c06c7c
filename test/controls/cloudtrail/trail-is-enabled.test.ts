import { trailIsEnabled } from '../../../lib/controls/cloudtrail/trail-is-enabled.ts';
import { testControl } from '../harness.ts';
import { main, ofOrganization } from './trails.ts';

testControl(trailIsEnabled, {
  rows: {
    'a trail logs': {
      given: {
        trails: [
          { ...main, isLogging: false },
          { ...main, arn: `${main.arn}-2` },
        ],
      },
      verdict: 'PASS',
    },
    none: {
      given: { trails: [] },
      verdict: 'FAIL',
      evidence: ['trails'],
      plan: { proposal: /waits to be started/ },
    },
    'the only one is stopped': {
      given: { trails: [{ ...main, isLogging: false }] },
      verdict: 'FAIL',
      plan: { risk: 'safe', calls: ['cloudtrail.startLogging'], input: { Name: 'main' } },
    },
    'the organization’s, which a member cannot look into': {
      given: { trails: [{ ...ofOrganization, isLogging: undefined }] },
      verdict: 'UNKNOWN',
    },
  },
});
