import { defineControl, fail, pass } from '../../model/control.ts';
import { strings } from '../../model/parameters.ts';
import { ecsTaskDefinition } from '../../resources/ecs/ecs-task-definition.ts';

export const taskEnvironmentHoldsNoKeys = defineControl(ecsTaskDefinition, {
  id: 'ECS.8',
  title: 'Secrets should not be passed as container environment variables',
  severity: 'HIGH',
  rationale: 'Whoever may look at the task definition has the keys, in every revision of it.',
  standards: {
    'fsbp-1.0.0': ['ECS.8'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2'],
    'pci-dss-4.0.1': ['8.2.2', '8.3.2'],
  },

  findsSecrets: true,
  needs: ['task'],
  parameters: {
    secretKeys: strings({
      default: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'ECS_ENGINE_AUTH_DATA'],
      allowed: 'names of environment variables',
    }),
  },
  evaluate({ task: { containers } }, { parameters: { secretKeys } }) {
    const faults = containers.flatMap(({ variables }, index) => {
      const found = variables.filter((name) => secretKeys.includes(name));
      return found.length === 0
        ? []
        : [
            {
              path: `task.containers[${index}].variables`,
              actual: found,
              expected: 'none of them',
            },
          ];
    });
    return faults.length === 0
      ? pass
      : fail('keys stand in the environment of a container', faults);
  },
  remediation: {
    advice:
      'Take the variables out: a task has the rights of its role. What else it needs it takes from secrets (valueFrom). Then delete the keys, and the older revisions: they were read.',
  },
});
