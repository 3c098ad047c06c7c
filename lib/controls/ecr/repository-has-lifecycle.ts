import { defineControl, fail, pass } from '../../model/control.ts';
import { ecrRepository } from '../../resources/ecr/ecr-repository.ts';

export const repositoryHasLifecycle = defineControl(ecrRepository, {
  id: 'ECR.3',
  title: 'ECR repositories should have at least one lifecycle policy configured',
  severity: 'MEDIUM',
  rationale: 'Old images cost money, and are run by mistake with all that is known against them.',
  standards: {
    'fsbp-1.0.0': ['ECR.3'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'],
  },
  needs: ['lifecycle'],
  evaluate: ({ lifecycle }) =>
    lifecycle
      ? pass
      : fail('no lifecycle policy says which images are deleted', [
          { path: 'lifecycle', actual: null, expected: 'a lifecycle policy' },
        ]),
  remediation: {
    advice:
      'Write a lifecycle policy, and preview it first: images that it expires are lost. Begin with images that have no tag.',
  },
});
