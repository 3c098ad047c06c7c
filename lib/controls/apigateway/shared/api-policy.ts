import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { everyActionOf } from '../../../analysis/policies/public-statements.ts';
import { call } from '../../../model/control.ts';

/** The policy of a REST API, which holds once the API is deployed again. */
export const apiPolicy: PolicyWriter = {
  service: 'apigateway',
  side: everyActionOf('execute-api'),
  put: ({ ref: { id: restApiId } }, value) =>
    call('apigateway', 'updateRestApi', {
      restApiId,
      patchOperations: [{ op: 'replace', path: '/policy', value }],
    }),
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
  mostBytes: 8192,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html
  leftToPeople: () => 'it holds only once the API is deployed, with all that was changed since',
  risk: 'disruptive',
};
