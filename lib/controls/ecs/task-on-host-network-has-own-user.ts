import { defineControl, fail, pass } from '../../model/control.ts';
import { ecsTaskDefinition } from '../../resources/ecs/ecs-task-definition.ts';

export const taskOnHostNetworkHasOwnUser = defineControl(ecsTaskDefinition, {
  id: 'ECS.1',
  title: 'Amazon ECS task definitions should have secure networking modes and user definitions',
  severity: 'HIGH',
  rationale:
    'Root on the network of the host can listen to and speak for everything that runs there.',
  standards: {
    'fsbp-1.0.0': ['ECS.1'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-5', 'AC-6'],
  },
  needs: ['task'],
  evaluate({ task: { networkMode, containers } }) {
    if (networkMode !== 'host') return pass;
    const faults = containers.flatMap(({ isPrivileged, user }, index) =>
      !isPrivileged && user !== 'other'
        ? [
            {
              path: `task.containers[${index}].user`,
              actual: user === 'root' ? 'root' : 'none',
              expected: 'another user than root',
            },
          ]
        : [],
    );
    return faults.length === 0
      ? pass
      : fail('a container on the network of its host runs as root', faults);
  },
  remediation: {
    advice: 'Use the network mode awsvpc, or give each container a user other than root.',
  },
});
