import { defineControl, fail, pass } from '../../model/control.ts';
import { ecsService } from '../../resources/ecs/ecs-service.ts';

export const serviceAssignsNoPublicAddress = defineControl(ecsService, {
  id: 'ECS.2',
  title: 'ECS services should not have public IP addresses assigned to them automatically',
  severity: 'HIGH',
  rationale:
    'A task with a public address is reached from the internet by whatever its security groups let in.',
  standards: {
    'fsbp-1.0.0': ['ECS.2'],
    'nist-800-53-r5': [
      'AC-21',
      'AC-3',
      'AC-3(7)',
      'AC-4',
      'AC-4(21)',
      'AC-6',
      'SC-7',
      'SC-7(11)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
      'SC-7(3)',
      'SC-7(4)',
      'SC-7(9)',
    ],
  },
  exposes: true,
  needs: ['service'],
  evaluate: ({ service: { assignsPublicIp } }) =>
    assignsPublicIp
      ? fail('tasks of the service get public addresses', [
          { path: 'service.assignsPublicIp', actual: true, expected: false },
        ])
      : pass,
  remediation: {
    advice:
      'Turn assignPublicIp off, in private subnets with a NAT gateway or VPC endpoints for ECR, logs and S3: tasks cannot start without a way to them.',
  },
});
