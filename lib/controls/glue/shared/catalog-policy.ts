import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';

/**
 * The policy of the Data Catalog. What Lake Formation shares stands in it too, for RAM, and such a policy is taken only by
 * whoever says that both ways are used.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_PutResourcePolicy.html
 */
export const catalogPolicy: PolicyWriter = {
  service: 'glue',
  put: (_, PolicyInJson) =>
    call('glue', 'putResourcePolicy', {
      PolicyInJson,
      ...(/glue:ShareResource/i.test(PolicyInJson) ? { EnableHybrid: 'TRUE' } : {}),
    }),
  // https://docs.aws.amazon.com/glue/latest/dg/security_iam_resource-based-policy-examples.html
  mostBytes: 10_240,
  risk: 'disruptive',
};
