import { taskOnHostNetworkHasOwnUser } from '../../../lib/controls/ecs/task-on-host-network-has-own-user.ts';
import { testControl } from '../harness.ts';
import { task } from './tasks.ts';

testControl(taskOnHostNetworkHasOwnUser, {
  rows: {
    'a network of its own': { given: { task: task({ user: 'root' }) }, verdict: 'PASS' },
    'that of the host, as another user': {
      given: { task: { ...task(), networkMode: 'host' } },
      verdict: 'PASS',
    },
    'that of the host, as root': {
      given: { task: { ...task({}, { user: 'root' }), networkMode: 'host' } },
      verdict: 'FAIL',
      evidence: ['task.containers[1].user'],
    },
    'that of the host, as nobody says': {
      given: { task: { ...task({ user: 'image' }), networkMode: 'host' } },
      verdict: 'FAIL',
    },
    // "The control fails for task definitions that have host network mode and container definitions of privileged=false, empty and user=root, or empty."
    'that of the host, privileged, of which ECS.4 tells': {
      given: { task: { ...task({ user: 'root', isPrivileged: true }), networkMode: 'host' } },
      verdict: 'PASS',
    },
  },
});
