import { defineControl, fail, pass } from '../../model/control.ts';
import { strings } from '../../model/parameters.ts';
import { instance } from '../../resources/ec2/instance.ts';

export const instanceHasOneInterface = defineControl(instance, {
  id: 'EC2.17',
  title: 'Amazon EC2 instances should not use multiple ENIs',
  severity: 'LOW',
  rationale:
    'An instance in two networks is a way from one to the other, past what filters between them.',
  standards: { 'fsbp-1.0.0': ['EC2.17'], 'nist-800-53-r5': ['AC-4(21)'] },
  needs: ['interfaces'],
  parameters: {
    adapterIds: strings({
      default: [],
      allowed: 'ids of network interfaces that may be further ones',
      pattern: /^eni-\w+$/,
    }),
  },
  evaluate({ interfaces }, { parameters: { adapterIds } }) {
    const others = interfaces.filter((one) => !adapterIds.includes(one));
    return others.length < 2
      ? pass
      : fail('the instance has several network interfaces', [
          { path: 'interfaces', actual: interfaces, expected: 'one' },
        ]);
  },
  remediation: {
    advice:
      'Detach the further interfaces, or name those that are meant in the parameter adapterIds. Nodes of EKS clusters have several by design: exempt them by a tag.',
  },
});
