import { defineControl, fail, pass } from '../../model/control.ts';
import { ecsTaskDefinition } from '../../resources/ecs/ecs-task-definition.ts';

export const taskHasOwnProcesses = defineControl(ecsTaskDefinition, {
  id: 'ECS.3',
  title: "ECS task definitions should not share the host's process namespace",
  severity: 'HIGH',
  rationale:
    'A container that sees the processes of its host reads their environment, and ends them.',
  standards: { 'fsbp-1.0.0': ['ECS.3'], 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  needs: ['task'],
  evaluate: ({ task: { pidMode } }) =>
    pidMode === 'host'
      ? fail('its containers see the processes of their host', [
          { path: 'task.pidMode', actual: 'host', expected: 'none, or task' },
        ])
      : pass,
  remediation: {
    advice: 'Register a revision without pidMode, or with task, and have the services use it.',
  },
});
