import { privateApiNamesItsCallers } from '../../../lib/controls/apigateway/private-api-names-its-callers.ts';
import { testControl } from '../harness.ts';
import { allowing, metByAnybody, policyOf, rowsOfAny } from '../policies.ts';

const invoke = allowing('execute-api:Invoke');
const open = policyOf(invoke({ Principal: '*' }));
const vpce = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } };
const plan = { proposal: /deployed/ };

testControl(privateApiNamesItsCallers, {
  base: { endpoint: { isPrivate: true }, policy: undefined },
  rows: {
    ...rowsOfAny('execute-api:Invoke'),
    'no policy, so that nobody calls': { given: { policy: undefined }, verdict: 'PASS' },
    'one VPC': {
      given: {
        policy: policyOf(
          invoke({ Principal: '*', Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
        ),
      },
      verdict: 'PASS',
    },
    // As "Example: Allow private API traffic based on source VPC or VPC endpoint" has it.
    'everybody, and a Deny for all but one VPC endpoint': {
      given: {
        policy: policyOf(invoke({ Principal: '*' }), {
          ...invoke({ Principal: '*', Condition: vpce }),
          Effect: 'Deny',
        }),
      },
      verdict: 'PASS',
    },
    'an API on the internet': {
      given: { endpoint: { isPrivate: false }, policy: open },
      verdict: 'NOT_APPLICABLE',
    },
    everybody: {
      given: { policy: open },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].Principal'],
      plan,
    },
    ...Object.fromEntries(
      Object.entries(metByAnybody).map(([title, Condition]) => [
        title,
        {
          given: { policy: policyOf(invoke({ Principal: { AWS: '*' }, Condition })) },
          verdict: 'FAIL' as const,
          plan,
        },
      ]),
    ),
  },
});
