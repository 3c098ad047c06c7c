import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { restStage } from '../../resources/apigateway/rest-stage.ts';
import { apiStage } from '../../resources/apigateway/stage.ts';

export const stageLogsExecution = defineControl([restStage, apiStage], {
  id: 'APIGateway.1',
  title: 'API Gateway REST and WebSocket API execution logging should be enabled',
  severity: 'MEDIUM',
  rationale: 'Without a log of what fails nobody sees that an API is being probed.',
  standards: {
    'fsbp-1.0.0': ['APIGateway.1'],
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
  },
  needs: ['logging'],
  evaluate({ logging: { protocol, levels } }) {
    if (protocol === 'HTTP') return notApplicable('an HTTP API has access logs alone');
    const isOn = (level: string) => level === 'ERROR' || level === 'INFO';
    const all = levels.some(({ of }) => of === '*/*')
      ? levels
      : [{ of: '*/*', level: 'OFF' }, ...levels];
    const silent = all.filter(({ level }) => !isOn(level));
    return silent.length === 0
      ? pass
      : fail(
          'not all of its methods or routes log their execution',
          silent.map(({ of, level }) => ({
            path: `logging.levels[${of}]`,
            actual: level,
            expected: 'ERROR or INFO',
          })),
        );
  },
  remediation: {
    advice:
      'Give the account a role for CloudWatch Logs, and set the log level of the stage to ERROR, for each method or route that has its own as well.',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html',
  },
});
