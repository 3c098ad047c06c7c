import { regionBlocksPublicClusters } from '../../../lib/controls/emr/region-blocks-public-clusters.ts';
import { testControl } from '../harness.ts';

const ssh = { from: 22, to: 22 };
const plan = (ranges: readonly object[]) =>
  ({
    risk: 'safe',
    calls: ['emr.putBlockPublicAccessConfiguration'],
    input: {
      BlockPublicAccessConfiguration: {
        BlockPublicSecurityGroupRules: true,
        PermittedPublicSecurityGroupRuleRanges: ranges,
      },
    },
    undo: 'widens',
  }) as const;
const sshRange = { MinRange: 22, MaxRange: 22 };

testControl(regionBlocksPublicClusters, {
  rows: {
    'it is on, as it begins': {
      given: { publicBlock: { isOn: true, exceptions: [ssh] } },
      verdict: 'PASS',
    },
    'it is on without exceptions': {
      given: { publicBlock: { isOn: true, exceptions: [] } },
      verdict: 'PASS',
    },
    'it is off': {
      given: { publicBlock: { isOn: false, exceptions: [] } },
      verdict: 'FAIL',
      evidence: ['publicBlock.isOn'],
      plan: plan([]),
    },
    'it is off, with the exception that it begins with': {
      given: { publicBlock: { isOn: false, exceptions: [ssh] } },
      verdict: 'FAIL',
      plan: plan([sshRange]),
    },
    'another port is an exception': {
      given: { publicBlock: { isOn: true, exceptions: [ssh, { from: 8088, to: 8088 }] } },
      verdict: 'FAIL',
      evidence: ['publicBlock.exceptions[1]'],
      plan: plan([sshRange]),
    },
    'a range around port 22 is an exception': {
      given: { publicBlock: { isOn: true, exceptions: [{ from: 22, to: 23 }] } },
      verdict: 'FAIL',
      evidence: ['publicBlock.exceptions[0]'],
      plan: plan([]),
    },
    'every port is an exception': {
      given: { publicBlock: { isOn: true, exceptions: [{ from: 0, to: 65535 }] } },
      verdict: 'FAIL',
      plan: plan([]),
    },
    'nothing is said of it': {
      given: { publicBlock: { isOn: undefined, exceptions: [] } },
      verdict: 'UNKNOWN',
    },
  },
});
