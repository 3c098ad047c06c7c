import { hostedZoneLogsQueries } from '../../../lib/controls/route53/hosted-zone-logs-queries.ts';
import { testControl } from '../harness.ts';

const logGroup = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com';
const isPublic = { zone: { isPrivate: false } };
const isPrivate = { zone: { isPrivate: true } };

testControl(hostedZoneLogsQueries, {
  rows: {
    'a public zone that logs its queries': {
      given: { ...isPublic, queryLogging: { logGroup, isThere: true } },
      verdict: 'PASS',
    },
    'a public zone that logs none': {
      given: { ...isPublic, queryLogging: undefined },
      verdict: 'FAIL',
      evidence: ['queryLogging'],
      reason: /not logged/,
    },
    'a public zone whose log group was deleted': {
      given: { ...isPublic, queryLogging: { logGroup, isThere: false } },
      verdict: 'FAIL',
      evidence: ['queryLogging.logGroup'],
      reason: /not there/,
    },
    'a private zone, which Route 53 logs nothing of': {
      given: { ...isPrivate, queryLogging: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /public/,
    },
  },
});
