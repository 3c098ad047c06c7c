import { functionRunsKnownLayers } from '../../../lib/controls/lambda/function-runs-known-layers.ts';
import { testControl } from '../harness.ts';

const layerOf = (account: string, partition = 'aws') =>
  `arn:${partition}:lambda:us-east-1:${account}:layer:tools:3`;
const own = layerOf('123456789012');
const vendor = layerOf('464622532012');
const of = (...layers: string[]) => ({ given: { layers } });

testControl(functionRunsKnownLayers, {
  rows: {
    'no layer': { ...of(), verdict: 'NOT_APPLICABLE' },
    'a layer of its own account': { ...of(own), verdict: 'PASS' },
    'layers of AWS: Insights, Parameters and Secrets, Powertools, pandas': {
      ...of(
        layerOf('580247275435'),
        layerOf('177933569100'),
        layerOf('017000801446'),
        layerOf('336392948345'),
      ),
      verdict: 'PASS',
    },
    'a layer of AWS in China': { ...of(layerOf('488211338238', 'aws-cn')), verdict: 'PASS' },
    "a vendor's": { ...of(vendor), verdict: 'FAIL', evidence: ['layers'] },
    "a vendor's whom the baseline trusts": {
      ...of(vendor),
      parameters: { trustedAccounts: ['464622532012'] },
      verdict: 'PASS',
    },
    'a foreign one beside its own': {
      ...of(own, layerOf('444455556666')),
      verdict: 'FAIL',
      evidence: ['layers'],
      reason: /does not trust/,
    },
  },
});
