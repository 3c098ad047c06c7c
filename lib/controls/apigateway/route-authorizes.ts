import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { apiRoute } from '../../resources/apigateway/route.ts';

export const routeAuthorizes = defineControl(apiRoute, {
  id: 'APIGateway.8',
  title: 'API Gateway routes should specify an authorization type',
  severity: 'MEDIUM',
  rationale: 'Without one the backend answers whoever calls.',
  standards: { 'fsbp-1.0.0': ['APIGateway.8'], 'nist-800-53-r5': ['AC-3', 'CM-2', 'CM-2(2)'] },
  needs: ['route', 'api'],
  evaluate({ route: { key, authorization }, api: { protocol } }) {
    // A WebSocket API authorizes when a connection is made, and never again:
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
    if (protocol === 'WEBSOCKET' && key !== '$connect')
      return notApplicable('a WebSocket API authorizes connections, and no messages');
    return authorization !== 'NONE'
      ? pass
      : fail('the route asks nobody who calls', [
          { path: 'route.authorization', actual: 'NONE', expected: 'AWS_IAM, CUSTOM or JWT' },
        ]);
  },
  remediation: {
    advice:
      'Give the route an authorizer, or IAM authorization; preflight requests of browsers can be answered by the CORS configuration of the API.',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
  },
});
