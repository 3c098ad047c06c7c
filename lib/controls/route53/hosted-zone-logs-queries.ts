import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { hostedZone } from '../../resources/route53/hosted-zone.ts';

export const hostedZoneLogsQueries = defineControl(hostedZone, {
  id: 'Route53.2',
  title: 'Route 53 public hosted zones should log DNS queries',
  severity: 'MEDIUM',
  rationale:
    'Who looked which names up, and whether somebody tries names out, stands in the query log and nowhere else.',
  standards: {
    'fsbp-1.0.0': ['Route53.2'],
    'pci-dss-4.0.1': [
      '10.2.1.1',
      '10.2.1.2',
      '10.2.1.3',
      '10.2.1.4',
      '10.2.1.5',
      '10.2.1.6',
      '10.2.1.7',
      '10.2.2',
      '10.3.1',
      '10.6.3',
      'A1.2.1',
    ],
  },
  needs: ['zone', 'queryLogging'],
  evaluate({ zone: { isPrivate }, queryLogging }) {
    // "You can log queries only for public hosted zones."
    if (isPrivate) return notApplicable('Route 53 logs the queries of public zones alone');
    if (queryLogging === undefined)
      return fail('the queries of the zone are not logged', [
        { path: 'queryLogging', actual: null, expected: 'a log group' },
      ]);
    // Route 53 may create streams in a log group, and no log group.
    if (!queryLogging.isThere)
      return fail('the log group that the queries of the zone go to is not there', [
        {
          path: 'queryLogging.logGroup',
          actual: queryLogging.logGroup,
          expected: 'one that is there',
        },
      ]);
    return pass;
  },
  // It takes a log group, which costs by what is asked, and a resource policy of CloudWatch Logs, of which an account has ten.
  remediation: {
    advice:
      'Create a log group in the region where Plumbline is at home and a resource policy of CloudWatch Logs that lets route53.amazonaws.com write there, and turn query logging on. Where the log group was deleted, create one of its name again. Each query becomes a line that is paid for: give the log group a retention.',
  },
});
