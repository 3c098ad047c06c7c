import { defineControl } from '../../model/control.ts';
import { multiRegionAccessPoint } from '../../resources/s3/multi-region-access-point.ts';
import { evaluateBlocks } from './shared/public-access-block.ts';

export const multiRegionAccessPointBlocksPublicAccess = defineControl(multiRegionAccessPoint, {
  id: 'S3.24',
  title: 'S3 Multi-Region Access Points should have block public access settings enabled',
  severity: 'HIGH',
  rationale:
    'Without its blocks the policy of the access point can open the buckets behind it, in every region, to everybody.',
  standards: {
    'fsbp-1.0.0': ['S3.24'],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  needs: ['publicAccessBlock'],
  evaluate: ({ publicAccessBlock }) =>
    evaluateBlocks(publicAccessBlock, 'the Multi-Region Access Point'),
  remediation: {
    advice:
      'Make a Multi-Region Access Point with all four settings of Block Public Access, move whoever uses this one to it, and delete this one: its settings cannot be changed.',
  },
});
