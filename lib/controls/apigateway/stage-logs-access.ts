import { defineControl, fail, pass } from '../../model/control.ts';
import { apiStage } from '../../resources/apigateway/stage.ts';

export const stageLogsAccess = defineControl(apiStage, {
  id: 'APIGateway.9',
  title: 'Access logging should be configured for API Gateway V2 stages',
  severity: 'MEDIUM',
  rationale: 'Access logs say who called what, and what he was answered.',
  standards: {
    'fsbp-1.0.0': ['APIGateway.9'],
    'nist-800-53-r5': [
      'AC-4(26)',
      'AU-10',
      'AU-12',
      'AU-2',
      'AU-3',
      'AU-6(3)',
      'AU-6(4)',
      'CA-7',
      'SC-7(9)',
      'SI-7(8)',
    ],
    'pci-dss-4.0.1': [
      '10.2.1.1',
      '10.2.1.2',
      '10.2.1.3',
      '10.2.1.4',
      '10.2.1.5',
      '10.2.1.6',
      '10.2.1.7',
      '10.2.2',
      '10.3.1',
      '10.6.3',
      'A1.2.1',
    ],
  },
  needs: ['access'],
  evaluate: ({ access: { isLogged } }) =>
    isLogged
      ? pass
      : fail('the stage logs nobody', [{ path: 'access.isLogged', actual: false, expected: true }]),
  remediation: {
    advice:
      'Set a log group or a Firehose stream as the destination of the access logs of the stage.',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html',
  },
});
