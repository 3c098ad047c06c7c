import { defineControl, fail, pass } from '../../model/control.ts';
import { restStage } from '../../resources/apigateway/rest-stage.ts';

export const stageHasWebAcl = defineControl(restStage, {
  id: 'APIGateway.4',
  title: 'API Gateway REST API stages should have a web ACL of WAF',
  severity: 'MEDIUM',
  rationale: 'A web ACL turns away what only means harm before the backend sees it.',
  standards: { 'fsbp-1.0.0': ['APIGateway.4'], 'nist-800-53-r5': ['AC-4(21)'] },
  needs: ['stage'],
  evaluate: ({ stage: { hasWebAcl } }) =>
    hasWebAcl
      ? pass
      : fail('the stage has no web ACL', [
          { path: 'stage.hasWebAcl', actual: false, expected: true },
        ]),
  remediation: {
    advice: 'Associate a web ACL of AWS WAF with the stage.',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html',
  },
});
