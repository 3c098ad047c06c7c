import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { ecsService } from '../../resources/ecs/ecs-service.ts';

/** https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-10 */
const latest = { linux: [1, 4, 0], windows: [1, 0, 0] } as const;

const isBefore = (version: readonly number[], other: readonly number[]): boolean => {
  const index = other.findIndex((part, at) => part !== (version[at] ?? 0));
  return index >= 0 && (version[index] ?? 0) < (other[index] ?? 0);
};

export const serviceRunsOnLatestPlatform = defineControl(ecsService, {
  id: 'ECS.10',
  title: 'ECS Fargate services should run on the latest Fargate platform version',
  severity: 'MEDIUM',
  rationale: 'An older platform gets no more fixes of its kernel and its runtime.',
  standards: {
    'fsbp-1.0.0': ['ECS.10'],
    'nist-800-53-r5': ['SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'],
    'pci-dss-4.0.1': ['6.3.3'],
  },
  needs: ['service'],
  evaluate({ service: { isFargate, platformVersion = 'LATEST', platformFamily = 'Linux' } }) {
    if (!isFargate) return notApplicable('it does not run on Fargate');
    if (platformVersion === 'LATEST') return pass;
    const wanted = /^windows/i.test(platformFamily) ? latest.windows : latest.linux;
    return isBefore(platformVersion.split('.').map(Number), wanted)
      ? fail('the service runs on an older platform of Fargate', [
          {
            path: 'service.platformVersion',
            actual: platformVersion,
            expected: `LATEST, or ${wanted.join('.')}`,
          },
        ])
      : pass;
  },
  remediation: {
    advice: 'Set the platform version to LATEST, and deploy the service anew.',
  },
});
