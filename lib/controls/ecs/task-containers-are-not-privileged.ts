import { defineControl, fail, pass } from '../../model/control.ts';
import { ecsTaskDefinition } from '../../resources/ecs/ecs-task-definition.ts';

export const taskContainersAreNotPrivileged = defineControl(ecsTaskDefinition, {
  id: 'ECS.4',
  title: 'ECS containers should run as non-privileged',
  severity: 'HIGH',
  rationale: 'A privileged container has all rights of root on its host.',
  standards: {
    'fsbp-1.0.0': ['ECS.4'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-5', 'AC-6'],
  },
  needs: ['task'],
  evaluate({ task: { containers } }) {
    const faults = containers.flatMap((one, index) =>
      one.isPrivileged
        ? [{ path: `task.containers[${index}].isPrivileged`, actual: true, expected: false }]
        : [],
    );
    return faults.length === 0 ? pass : fail('a container has all rights on its host', faults);
  },
  remediation: {
    advice:
      'Register a revision in which no container is privileged; give it the capabilities that it needs.',
  },
});
