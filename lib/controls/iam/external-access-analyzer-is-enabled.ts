import { accountRegion } from '../../resources/account-region.ts';
import { defineControl, fail, pass } from '../control.ts';

export const externalAccessAnalyzerIsEnabled = defineControl(accountRegion, {
  id: 'IAM.28',
  title: 'IAM Access Analyzer external access analyzer should be enabled',
  severity: 'HIGH',
  rationale:
    'Without an analyzer nobody is told when a bucket, key or role of the region is shared with outsiders.',
  standards: { 'cis-aws-3.0.0': ['1.20'], 'cis-aws-5.0.0': ['1.19'] },
  needs: ['accessAnalyzers'],
  evaluate({ accessAnalyzers }) {
    const external = accessAnalyzers.filter(
      ({ type }) => type === 'ACCOUNT' || type === 'ORGANIZATION',
    );
    if (external.some(({ status }) => status === 'ACTIVE')) return pass;
    return fail('the region has no active analyzer for external access', [
      {
        path: 'accessAnalyzers',
        actual: external.map(({ name, status }) => `${name}: ${status}`),
        expected: 'an active analyzer of type ACCOUNT or ORGANIZATION',
      },
    ]);
  },
  remediation: {
    advice:
      'Create an analyzer for external access in this region. Where the organization has one that covers the account, exempt its members: they cannot see it.',
  },
});
