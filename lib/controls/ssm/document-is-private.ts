import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { ssmDocument } from '../../resources/ssm/ssm-document.ts';

export const documentIsPrivate = defineControl(ssmDocument, {
  id: 'SSM.4',
  title: 'SSM documents should not be public',
  severity: 'CRITICAL',
  rationale:
    'A document tells how an account is run, often with names and secrets, to whoever has an account of AWS.',
  standards: {
    'fsbp-1.0.0': ['SSM.4'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)'],
      ...['SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
  },
  exposes: true,
  needs: ['sharing'],
  evaluate: ({ sharing: { isPublic } }) =>
    isPublic
      ? fail('everybody may read and run the document', [
          { path: 'sharing.isPublic', actual: true, expected: false },
        ])
      : pass,
  remediation: {
    advice:
      'Take everybody out of those whom the document is shared with, and name the accounts that use it. Then block public sharing in the region (SSM.7). What it said is known by now: change secrets that stand in it.',
    grants: [{ actions: ['ssm:ModifyDocumentPermission'], on: ({ arn }) => [arn] }],
    plan({ sharing: { accounts, versions } }, { ref: { id: Name } }) {
      // "The account IDs can either be a group of account IDs or All" (ModifyDocumentPermission).
      if (accounts.length > 0)
        return propose('whether these accounts keep it once everybody is taken out is not known');
      const [everybody, PermissionType] = [['all'], 'Share'] as const;
      const SharedDocumentVersion = versions['all'];
      return {
        kind: 'calls',
        risk: 'safe',
        summary: 'no longer shares the document with everybody',
        calls: [
          call('ssm', 'modifyDocumentPermission', {
            ...{ Name, PermissionType, AccountIdsToRemove: [...everybody] },
          }),
        ],
        undo: {
          calls: [
            call('ssm', 'modifyDocumentPermission', {
              ...{ Name, PermissionType, AccountIdsToAdd: [...everybody] },
              ...(SharedDocumentVersion ? { SharedDocumentVersion } : {}),
            }),
          ],
          widensAccess: true,
        },
      };
    },
  },
});
