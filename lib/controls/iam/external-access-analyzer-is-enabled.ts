import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { accessAnalyzerRegion } from '../../resources/account/access-analyzer-region.ts';
import { accessanalyzer } from '../../services/accessanalyzer.ts';
import { iam } from '../../services/iam.ts';

const analyzerName = 'plumbline-external-access';
const serviceRole =
  'aws-service-role/access-analyzer.amazonaws.com/AWSServiceRoleForAccessAnalyzer';

export const externalAccessAnalyzerIsEnabled = defineControl(accessAnalyzerRegion, {
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
    grants: [
      {
        actions: ['access-analyzer:CreateAnalyzer', 'access-analyzer:DeleteAnalyzer'],
        on: ({ ref }) => [accessanalyzer.arn('Analyzer', ref, analyzerName)],
      },
      {
        // The first analyzer of an account makes the role that analyzers read with.
        actions: ['iam:CreateServiceLinkedRole'],
        on: ({ ref }) => [iam.arn('role', ref, serviceRole)],
      },
    ],
    plan({ accessAnalyzers }) {
      const own = accessAnalyzers.find(({ type }) => type === 'ACCOUNT');
      // A region has one analyzer of the account for external access at most (quotas, IAM user guide).
      if (own)
        return propose(
          `the account's analyzer ${own.name} is ${own.status}, and a region can have no second one`,
        );
      return {
        kind: 'calls',
        // It reads policies only, and external access is analyzed free of charge.
        risk: 'safe',
        summary: 'creates an analyzer for external access in the region',
        calls: [
          call('accessanalyzer', 'createAnalyzer', { analyzerName, type: 'ACCOUNT' }, [
            'ConflictException',
          ]),
        ],
        undo: {
          calls: [
            call('accessanalyzer', 'deleteAnalyzer', { analyzerName }, [
              'ResourceNotFoundException',
            ]),
          ],
          widensAccess: false,
        },
      };
    },
  },
});
