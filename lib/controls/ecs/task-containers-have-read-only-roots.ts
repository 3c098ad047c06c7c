import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { ecsTaskDefinition } from '../../resources/ecs/ecs-task-definition.ts';

export const taskContainersHaveReadOnlyRoots = defineControl(ecsTaskDefinition, {
  id: 'ECS.5',
  title: 'ECS containers should be limited to read-only access to root filesystems',
  severity: 'HIGH',
  rationale: 'Whoever breaks in cannot put programs where nothing can be written.',
  standards: {
    'fsbp-1.0.0': ['ECS.5'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-5', 'AC-6'],
  },
  needs: ['task'],
  evaluate({ task: { containers, os } }) {
    if (os === 'windows') return notApplicable('Windows has no root file system that is only read');
    const faults = containers.flatMap(({ hasReadOnlyRoot }, index) =>
      hasReadOnlyRoot
        ? []
        : [{ path: `task.containers[${index}].hasReadOnlyRoot`, actual: false, expected: true }],
    );
    return faults.length === 0
      ? pass
      : fail('a container can write to its root file system', faults);
  },
  remediation: {
    advice:
      'Register a revision with readonlyRootFilesystem, and with volumes where a container has to write.',
  },
});
