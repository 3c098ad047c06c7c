import { distributionEncryptsToServers } from '../../../lib/controls/cloudfront/distribution-encrypts-to-servers.ts';
import { testControl } from '../harness.ts';
import { behavior, bucket, server } from './distributions.ts';

testControl(distributionEncryptsToServers, {
  base: {
    originGroups: [],
    behaviors: [behavior('redirect-to-https', 'shop')],
    origins: [server()],
  },
  rows: {
    HTTPS: { given: {}, verdict: 'PASS' },
    HTTP: {
      given: { origins: [bucket, server('http-only')] },
      verdict: 'FAIL',
      evidence: ['origins[1].protocol'],
    },
    'as the viewer, who has to use HTTPS': {
      given: { origins: [server('match-viewer')] },
      verdict: 'PASS',
    },
    'as the viewer, who may use HTTP': {
      given: { origins: [server('match-viewer')], behaviors: [behavior('allow-all', 'shop')] },
      verdict: 'FAIL',
    },
    'as the viewer, who may use HTTP of another origin': {
      given: {
        origins: [server('match-viewer'), bucket],
        behaviors: [behavior('https-only', 'shop'), behavior('allow-all', 'site', '/a/*')],
      },
      verdict: 'PASS',
    },
    'as the viewer, who may use HTTP of a group that it is in': {
      given: {
        origins: [server('match-viewer')],
        originGroups: [{ id: 'both', members: ['site', 'shop'] }],
        behaviors: [behavior('allow-all', 'both')],
      },
      verdict: 'FAIL',
    },
    'a bucket alone': { given: { origins: [bucket] }, verdict: 'NOT_APPLICABLE' },
  },
});
