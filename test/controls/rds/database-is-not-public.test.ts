import { databaseIsNotPublic } from '../../../lib/controls/rds/database-is-not-public.ts';
import { testControl } from '../harness.ts';

testControl(databaseIsNotPublic, {
  rows: {
    'it has no public address': {
      given: { instance: { Engine: 'postgres', PubliclyAccessible: false } },
      verdict: 'PASS',
    },
    'it is publicly accessible': {
      given: { instance: { Engine: 'postgres', PubliclyAccessible: true } },
      verdict: 'FAIL',
      evidence: ['instance.PubliclyAccessible'],
    },
    'it is public while it is created': {
      given: { instance: { DBInstanceStatus: 'creating', PubliclyAccessible: true } },
      verdict: 'FAIL',
    },
    'a member of an Aurora cluster is public': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          PubliclyAccessible: true,
        },
      },
      verdict: 'FAIL',
    },
    'an instance of Neptune is public': {
      given: { instance: { Engine: 'neptune', PubliclyAccessible: true } },
      verdict: 'FAIL',
    },
    'a public instance of an engine that is not known': {
      given: { instance: { Engine: 'something-new', PubliclyAccessible: true } },
      verdict: 'FAIL',
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'UNKNOWN',
      reason: /PubliclyAccessible/,
    },
  },
});
