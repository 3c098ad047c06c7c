import { taskEnvironmentHoldsNoKeys } from '../../../lib/controls/ecs/task-environment-holds-no-keys.ts';
import { testControl } from '../harness.ts';
import { task } from './tasks.ts';

testControl(taskEnvironmentHoldsNoKeys, {
  rows: {
    'other variables': { given: { task: task() }, verdict: 'PASS' },
    'a key, in one of two': {
      given: { task: task({}, { variables: ['AWS_SECRET_ACCESS_KEY', 'STAGE'] }) },
      verdict: 'FAIL',
      evidence: ['task.containers[1].variables'],
    },
    'what the baseline names': {
      given: { task: task({ variables: ['DB_PASSWORD'] }) },
      parameters: { secretKeys: ['DB_PASSWORD'] },
      verdict: 'FAIL',
    },
  },
});
