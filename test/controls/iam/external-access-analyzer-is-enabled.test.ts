import { externalAccessAnalyzerIsEnabled } from '../../../lib/controls/iam/external-access-analyzer-is-enabled.ts';
import { testControl } from '../harness.ts';

const analyzer = { name: 'external', type: 'ACCOUNT', status: 'ACTIVE' } as const;
const plan = {
  risk: 'safe',
  calls: ['accessanalyzer.createAnalyzer'],
  input: { analyzerName: 'plumbline-external-access', type: 'ACCOUNT' },
} as const;

testControl(externalAccessAnalyzerIsEnabled, {
  rows: {
    'an analyzer of the account': { given: { accessAnalyzers: [analyzer] }, verdict: 'PASS' },
    'an analyzer of the organization': {
      given: { accessAnalyzers: [{ ...analyzer, type: 'ORGANIZATION' }] },
      verdict: 'PASS',
    },
    none: { given: { accessAnalyzers: [] }, verdict: 'FAIL', evidence: ['accessAnalyzers'], plan },
    'one that is being made': {
      given: { accessAnalyzers: [{ ...analyzer, status: 'CREATING' }] },
      verdict: 'FAIL',
      plan: { proposal: /external is CREATING/ },
    },
    'one of unused access': {
      given: { accessAnalyzers: [{ ...analyzer, type: 'ACCOUNT_UNUSED_ACCESS' }] },
      verdict: 'FAIL',
      plan,
    },
    'one of internal access': {
      given: { accessAnalyzers: [{ ...analyzer, type: 'ACCOUNT_INTERNAL_ACCESS' }] },
      verdict: 'FAIL',
      plan,
    },
    'a failed one beside an active one': {
      given: { accessAnalyzers: [{ ...analyzer, status: 'FAILED' }, analyzer] },
      verdict: 'PASS',
    },
    'an organization’s that was disabled': {
      given: { accessAnalyzers: [{ ...analyzer, type: 'ORGANIZATION', status: 'DISABLED' }] },
      verdict: 'FAIL',
      plan,
    },
  },
});
