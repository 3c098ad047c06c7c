import { taskContainersHaveReadOnlyRoots } from '../../../lib/controls/ecs/task-containers-have-read-only-roots.ts';
import { testControl } from '../harness.ts';
import { task } from './tasks.ts';

testControl(taskContainersHaveReadOnlyRoots, {
  rows: {
    'only read': { given: { task: task() }, verdict: 'PASS' },
    'one of two can write': {
      given: { task: task({ hasReadOnlyRoot: false }, {}) },
      verdict: 'FAIL',
      evidence: ['task.containers[0].hasReadOnlyRoot'],
    },
    'on Windows': {
      given: { task: { ...task({ hasReadOnlyRoot: false }), os: 'windows' } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
