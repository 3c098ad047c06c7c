import { repositoryKeepsTags } from '../../../lib/controls/ecr/repository-keeps-tags.ts';
import { testControl } from '../harness.ts';

testControl(repositoryKeepsTags, {
  rows: {
    'no tag can be moved': {
      given: { imageTags: { mutability: 'IMMUTABLE', exclusions: [] } },
      verdict: 'PASS',
    },
    'every tag can be moved': {
      given: { imageTags: { mutability: 'MUTABLE', exclusions: [] } },
      verdict: 'FAIL',
      evidence: ['imageTags.mutability'],
      plan: {
        risk: 'disruptive',
        calls: ['ecr.putImageTagMutability'],
        input: { repositoryName: 'example', imageTagMutability: 'IMMUTABLE' },
      },
    },
    'some tags can be moved': {
      given: { imageTags: { mutability: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['latest'] } },
      verdict: 'FAIL',
      plan: { proposal: /which tags may be moved/ },
    },
  },
});
