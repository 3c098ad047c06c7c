import { taskContainersWriteLogs } from '../../../lib/controls/ecs/task-containers-write-logs.ts';
import { testControl } from '../harness.ts';
import { task } from './tasks.ts';

testControl(taskContainersWriteLogs, {
  rows: {
    'a driver': { given: { task: task() }, verdict: 'PASS' },
    'one of two has none': {
      given: { task: task({}, { logDriver: undefined as never }) },
      verdict: 'FAIL',
      evidence: ['task.containers[1].logDriver'],
    },
  },
});
