import { defineControl } from '../../model/control.ts';
import { s3AccessPoint } from '../../resources/s3/s3-access-point.ts';
import { evaluateBlocks } from './shared/public-access-block.ts';

// Neither the blocks of account and bucket nor a network origin in a VPC count here: s3-access-point-public-access-blocks
// looks at the access point's own.
export const accessPointBlocksPublicAccess = defineControl(s3AccessPoint, {
  id: 'S3.19',
  title: 'S3 access points should have block public access settings enabled',
  severity: 'CRITICAL',
  rationale:
    'Without its blocks the policy of an access point can open the bucket behind it to everybody.',
  standards: {
    'fsbp-1.0.0': ['S3.19'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  needs: ['publicAccessBlock'],
  evaluate: ({ publicAccessBlock }) => evaluateBlocks(publicAccessBlock, 'the access point'),
  remediation: {
    advice:
      'Make an access point with all four settings of Block Public Access, move whoever uses this one to it, and delete this one: its settings cannot be changed.',
  },
});
