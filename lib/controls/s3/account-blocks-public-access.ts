import { call, defineControl } from '../../model/control.ts';
import { s3Account } from '../../resources/account/s3-account.ts';
import { allBlocks, evaluateBlocks } from './shared/public-access-block.ts';

export const accountBlocksPublicAccess = defineControl(s3Account, {
  id: 'S3.1',
  title: 'S3 general purpose buckets should have block public access settings enabled',
  severity: 'MEDIUM',
  rationale:
    'The block on the account holds for every bucket and access point, whatever their own settings.',
  standards: {
    'fsbp-1.0.0': ['S3.1'],
    'cis-aws-1.4.0': ['2.1.5'],
    'cis-aws-3.0.0': ['2.1.4'],
    'cis-aws-5.0.0': ['2.1.4'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  needs: ['publicAccessBlock'],
  evaluate: ({ publicAccessBlock }) => evaluateBlocks(publicAccessBlock, 'the account'),
  remediation: {
    advice: 'Turn on all four settings of Block Public Access for the account.',
    // IAM knows no ARN of an account's block; deleting it takes the same action as setting it.
    grants: [{ actions: ['s3:PutAccountPublicAccessBlock'], on: () => ['*'] }],
    plan: ({ publicAccessBlock: before }, { ref: { account: AccountId } }) => ({
      kind: 'calls',
      // For every bucket it does what S3.8's plan looks at in one: it shuts out the visitors of websites, and the other
      // accounts that use a bucket through a public policy or an access point. Which those are, of all buckets in all
      // regions, is not looked up.
      risk: 'disruptive',
      summary:
        'turns on the four blocks of public access for every bucket of the account, websites and those that partners use through public policies too',
      calls: [
        call('s3control', 'putPublicAccessBlock', {
          AccountId,
          PublicAccessBlockConfiguration: allBlocks,
        }),
      ],
      undo: {
        calls: [
          before
            ? call('s3control', 'putPublicAccessBlock', {
                AccountId,
                PublicAccessBlockConfiguration: before,
              })
            : call('s3control', 'deletePublicAccessBlock', { AccountId }),
        ],
        widensAccess: true,
      },
    }),
  },
});
