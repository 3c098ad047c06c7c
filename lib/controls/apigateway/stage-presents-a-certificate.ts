import { defineControl, fail, pass } from '../../model/control.ts';
import { restStage } from '../../resources/apigateway/rest-stage.ts';

export const stagePresentsACertificate = defineControl(restStage, {
  id: 'APIGateway.2',
  title: 'API Gateway REST API stages should present a certificate to their backends',
  severity: 'MEDIUM',
  rationale: 'A backend that asks for no certificate answers whoever finds its address.',
  standards: {
    'fsbp-1.0.0': ['APIGateway.2'],
    'nist-800-53-r5': [
      'AC-17(2)',
      'AC-4',
      'IA-5(1)',
      'SC-12(3)',
      'SC-13',
      'SC-23',
      'SC-23(3)',
      'SC-7(4)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SI-7(6)',
    ],
  },
  needs: ['stage'],
  evaluate: ({ stage: { hasClientCertificate } }) =>
    hasClientCertificate
      ? pass
      : fail('the stage shows its backends no certificate', [
          { path: 'stage.hasClientCertificate', actual: false, expected: true },
        ]),
  remediation: {
    advice: 'Make a client certificate, give it to the stage, and have the backends ask for it.',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html',
  },
});
