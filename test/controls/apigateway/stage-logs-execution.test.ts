import { stageLogsExecution } from '../../../lib/controls/apigateway/stage-logs-execution.ts';
import { testControl } from '../harness.ts';

const logging = (levels: Readonly<Record<string, string>>, protocol = 'REST') => ({
  logging: { protocol, levels: Object.entries(levels).map(([of, level]) => ({ of, level })) },
});

testControl(stageLogsExecution, {
  rows: {
    'errors of every method': { given: logging({ '*/*': 'ERROR' }), verdict: 'PASS' },
    'all calls of every method': { given: logging({ '*/*': 'INFO' }), verdict: 'PASS' },
    'a method of its own level': {
      given: logging({ '*/*': 'ERROR', '~1orders/GET': 'INFO' }),
      verdict: 'PASS',
    },
    'no method': {
      given: logging({ '*/*': 'OFF' }),
      verdict: 'FAIL',
      evidence: ['logging.levels[*/*]'],
    },
    'nobody has said': { given: logging({}), verdict: 'FAIL', evidence: ['logging.levels[*/*]'] },
    'all but one method': {
      given: logging({ '*/*': 'ERROR', '~1orders/GET': 'OFF' }),
      verdict: 'FAIL',
      evidence: ['logging.levels[~1orders/GET]'],
    },
    'one method of all': {
      given: logging({ '~1orders/GET': 'ERROR' }),
      verdict: 'FAIL',
      evidence: ['logging.levels[*/*]'],
    },
    'a level that is none of AWS’s': {
      given: logging({ '*/*': 'error' }),
      verdict: 'FAIL',
      evidence: ['logging.levels[*/*]'],
    },
    'every route of a WebSocket API': {
      given: logging({ '*/*': 'INFO' }, 'WEBSOCKET'),
      verdict: 'PASS',
    },
    'no route of a WebSocket API': {
      given: logging({ '*/*': 'OFF' }, 'WEBSOCKET'),
      verdict: 'FAIL',
      evidence: ['logging.levels[*/*]'],
    },
    'all but the connections of a WebSocket API': {
      given: logging({ '*/*': 'ERROR', $connect: 'OFF' }, 'WEBSOCKET'),
      verdict: 'FAIL',
      evidence: ['logging.levels[$connect]'],
    },
    // "Execution logging is not supported for HTTP APIs" (http-api-vs-rest).
    'an HTTP API': { given: logging({ '*/*': 'OFF' }, 'HTTP'), verdict: 'NOT_APPLICABLE' },
  },
});
