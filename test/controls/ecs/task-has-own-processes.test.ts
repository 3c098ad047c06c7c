import { taskHasOwnProcesses } from '../../../lib/controls/ecs/task-has-own-processes.ts';
import { testControl } from '../harness.ts';
import { task } from './tasks.ts';

testControl(taskHasOwnProcesses, {
  rows: {
    'nothing is said': { given: { task: task() }, verdict: 'PASS' },
    'those of the task': { given: { task: { ...task(), pidMode: 'task' } }, verdict: 'PASS' },
    'those of the host': {
      given: { task: { ...task(), pidMode: 'host' } },
      verdict: 'FAIL',
      evidence: ['task.pidMode'],
    },
  },
});
