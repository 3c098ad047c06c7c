import { taskContainersAreNotPrivileged } from '../../../lib/controls/ecs/task-containers-are-not-privileged.ts';
import { testControl } from '../harness.ts';
import { task } from './tasks.ts';

testControl(taskContainersAreNotPrivileged, {
  rows: {
    none: { given: { task: task() }, verdict: 'PASS' },
    'one of two': {
      given: { task: task({}, { isPrivileged: true }) },
      verdict: 'FAIL',
      evidence: ['task.containers[1].isPrivileged'],
    },
  },
});
