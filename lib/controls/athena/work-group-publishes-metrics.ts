import { call, defineControl, fail, pass } from '../../model/control.ts';
import { athenaWorkGroup } from '../../resources/athena/athena-work-group.ts';

/** What Security Hub and AWS Config call logging of a workgroup are its query metrics in CloudWatch. */
export const workGroupPublishesMetrics = defineControl(athenaWorkGroup, {
  id: 'Athena.4',
  title: 'Athena workgroups should have logging enabled',
  severity: 'MEDIUM',
  rationale:
    'Without its metrics nobody sees who scans how much, or that somebody copies a data lake.',
  standards: {
    'fsbp-1.0.0': ['Athena.4'],
  },
  needs: ['workGroup'],
  evaluate({ workGroup: { publishesMetrics } }) {
    if (publishesMetrics) return pass;
    return fail('the workgroup publishes no query metrics', [
      { path: 'workGroup.publishesMetrics', actual: publishesMetrics, expected: true },
    ]);
  },
  remediation: {
    advice: 'Have the workgroup publish query metrics to CloudWatch.',
    grants: [{ actions: ['athena:UpdateWorkGroup'], on: ({ arn }) => [arn] }],
    plan(_, { ref: { id } }) {
      const set = (PublishCloudWatchMetricsEnabled: boolean) =>
        call('athena', 'updateWorkGroup', {
          WorkGroup: id,
          ConfigurationUpdates: { PublishCloudWatchMetricsEnabled },
        });
      return {
        kind: 'calls',
        risk: 'safe',
        summary: 'publishes query metrics of the workgroup to CloudWatch',
        calls: [set(true)],
        undo: { calls: [set(false)], widensAccess: false },
      };
    },
  },
});
