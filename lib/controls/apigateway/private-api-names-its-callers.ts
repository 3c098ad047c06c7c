import { evaluateOpenPolicy, planClosing } from '../../analysis/policies/open-policy.ts';
import { defineControl, notApplicable } from '../../model/control.ts';
import { restApi } from '../../resources/apigateway/rest-api.ts';
import { apiPolicy } from './shared/api-policy.ts';

export const privateApiNamesItsCallers = defineControl(restApi, {
  id: 'PL.APIGATEWAY.1',
  title: 'Policies of private REST APIs should not let in anybody',
  severity: 'HIGH',
  rationale:
    'Its policy is what makes a private API private: a VPC endpoint of any account leads to it.',
  standards: {},
  exposes: true,
  needs: ['endpoint', 'policy'],
  // Without a policy nobody comes in. An API on the internet is open on purpose: what holds its callers is on its methods.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
  evaluate: ({ endpoint, policy }) =>
    endpoint.isPrivate
      ? evaluateOpenPolicy(policy, 'execute-api')
      : notApplicable('the API is on the internet'),
  remediation: {
    advice:
      'Hold callers by aws:SourceVpce or aws:SourceVpc, or name the accounts that call, and deploy the API again: its policy holds from then on.',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html',
    grants: [],
    plan: ({ policy }, { ref, arn }) => planClosing(policy, apiPolicy, { ref, arn }),
  },
});
