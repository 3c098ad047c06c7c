import { repositoryHasLifecycle } from '../../../lib/controls/ecr/repository-has-lifecycle.ts';
import { testControl } from '../harness.ts';

testControl(repositoryHasLifecycle, {
  rows: {
    'a lifecycle policy': { given: { lifecycle: { isThere: true } }, verdict: 'PASS' },
    none: { given: { lifecycle: undefined }, verdict: 'FAIL', evidence: ['lifecycle'] },
  },
});
