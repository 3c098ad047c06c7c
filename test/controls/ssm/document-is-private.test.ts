import { documentIsPrivate } from '../../../lib/controls/ssm/document-is-private.ts';
import { testControl } from '../harness.ts';

const sharing = { isPublic: false, accounts: [], versions: {} };

testControl(documentIsPrivate, {
  rows: {
    'nobody else': { given: { sharing }, verdict: 'PASS' },
    'another account': {
      given: { sharing: { ...sharing, accounts: ['444455556666'] } },
      verdict: 'PASS',
    },
    everybody: {
      given: { sharing: { ...sharing, isPublic: true, versions: { all: '$LATEST' } } },
      verdict: 'FAIL',
      evidence: ['sharing.isPublic'],
      plan: {
        risk: 'safe',
        calls: ['ssm.modifyDocumentPermission'],
        input: { Name: 'example', PermissionType: 'Share', AccountIdsToRemove: ['all'] },
        undo: 'widens',
      },
    },
    'everybody beside a partner, which AWS says cannot be': {
      given: {
        sharing: {
          isPublic: true,
          accounts: ['444455556666'],
          versions: { all: '$DEFAULT', '444455556666': '$ALL' },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /these accounts/ },
    },
  },
});
