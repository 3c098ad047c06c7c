import { auroraMysqlCanBeWoundBack } from '../../../lib/controls/rds/aurora-mysql-can-be-wound-back.ts';
import { testControl } from '../harness.ts';

const evidence = ['cluster.BacktrackWindow'];
const of = (cluster: object) => ({ cluster: { Engine: 'aurora-mysql', ...cluster } });

testControl(auroraMysqlCanBeWoundBack, {
  rows: {
    'a day': { given: of({ BacktrackWindow: 86_400 }), verdict: 'PASS' },
    'an hour': { given: of({ BacktrackWindow: 3600 }), verdict: 'PASS' },
    'it is turned off': { given: of({ BacktrackWindow: 0 }), verdict: 'FAIL', evidence },
    'RDS shows no window where there never was one': {
      given: of({ Status: 'available' }),
      verdict: 'FAIL',
      evidence,
    },
    'Aurora MySQL by its first name': {
      given: of({ Engine: 'aurora' }),
      verdict: 'FAIL',
      evidence,
    },
    'Aurora PostgreSQL': { given: of({ Engine: 'aurora-postgresql' }), verdict: 'NOT_APPLICABLE' },
    'a Multi-AZ cluster of MySQL': { given: of({ Engine: 'mysql' }), verdict: 'NOT_APPLICABLE' },
    Neptune: { given: of({ Engine: 'neptune' }), verdict: 'NOT_APPLICABLE' },
    'it is being created': { given: of({ Status: 'creating' }), verdict: 'NOT_APPLICABLE' },
  },
});
