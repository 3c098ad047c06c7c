import { defineControl, fail, pass } from '../../model/control.ts';
import { restStage } from '../../resources/apigateway/rest-stage.ts';

export const stageIsTraced = defineControl(restStage, {
  id: 'APIGateway.3',
  title: 'API Gateway REST API stages should have AWS X-Ray tracing enabled',
  severity: 'LOW',
  rationale: 'A trace shows where a call went and what it met.',
  standards: { 'fsbp-1.0.0': ['APIGateway.3'], 'nist-800-53-r5': ['CA-7'] },
  needs: ['stage'],
  evaluate: ({ stage: { isTraced } }) =>
    isTraced
      ? pass
      : fail('the stage is not traced', [
          { path: 'stage.isTraced', actual: false, expected: true },
        ]),
  remediation: {
    advice: 'Enable X-Ray tracing of the stage.',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enabling-xray.html',
  },
});
