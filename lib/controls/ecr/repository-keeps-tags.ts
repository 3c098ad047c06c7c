import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { ecrRepository } from '../../resources/ecr/ecr-repository.ts';

export const repositoryKeepsTags = defineControl(ecrRepository, {
  id: 'ECR.2',
  title: 'ECR private repositories should have tag immutability configured',
  severity: 'MEDIUM',
  rationale:
    'Where a tag can be moved, what runs tomorrow under a name is not what was tested under it.',
  standards: {
    'fsbp-1.0.0': ['ECR.2'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-8(1)'],
  },
  needs: ['imageTags'],
  evaluate: ({ imageTags: { mutability } }) =>
    mutability === 'IMMUTABLE'
      ? pass
      : fail('tags can be moved to other images', [
          { path: 'imageTags.mutability', actual: mutability, expected: 'IMMUTABLE' },
        ]),
  remediation: {
    advice:
      'Make tags immutable, and deploy images by tags of their own, as the commit, or by digest. Pipelines that push the same tag again, as latest, fail from then on.',
    grants: [{ actions: ['ecr:PutImageTagMutability'], on: ({ arn }) => [arn] }],
    plan: ({ imageTags: { mutability } }, { ref: { id: repositoryName } }) => {
      const set = (imageTagMutability: 'IMMUTABLE' | 'MUTABLE') =>
        call('ecr', 'putImageTagMutability', { repositoryName, imageTagMutability });
      if (mutability !== 'MUTABLE')
        return propose('somebody has said which tags may be moved', [set('IMMUTABLE')]);
      return {
        kind: 'calls',
        risk: 'disruptive',
        summary: 'keeps tags from being moved to other images',
        calls: [set('IMMUTABLE')],
        undo: { calls: [set('MUTABLE')], widensAccess: false },
      };
    },
  },
});
