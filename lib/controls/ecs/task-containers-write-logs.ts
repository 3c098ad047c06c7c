import { defineControl, fail, pass } from '../../model/control.ts';
import { ecsTaskDefinition } from '../../resources/ecs/ecs-task-definition.ts';

export const taskContainersWriteLogs = defineControl(ecsTaskDefinition, {
  id: 'ECS.9',
  title: 'ECS task definitions should have a logging configuration',
  severity: 'HIGH',
  rationale: 'What a container said is gone with it where nothing took it.',
  standards: { 'fsbp-1.0.0': ['ECS.9'] },
  needs: ['task'],
  evaluate({ task: { containers } }) {
    const faults = containers.flatMap((one, index) =>
      !one.logDriver
        ? [{ path: `task.containers[${index}].logDriver`, actual: null, expected: 'a log driver' }]
        : [],
    );
    return faults.length === 0 ? pass : fail('a container writes no log', faults);
  },
  remediation: {
    advice:
      'Register a revision in which each container has a logConfiguration, such as awslogs with a group of its own.',
  },
});
