import { databaseSpansZones } from '../../../lib/controls/rds/database-spans-zones.ts';
import { testControl } from '../harness.ts';

testControl(databaseSpansZones, {
  rows: {
    'it is on': { given: { instance: { Engine: 'postgres', MultiAZ: true } }, verdict: 'PASS' },
    'it is off': {
      given: { instance: { Engine: 'postgres', MultiAZ: false } },
      verdict: 'FAIL',
      evidence: ['instance.MultiAZ'],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
      evidence: ['instance.MultiAZ'],
    },
    'it is being created': {
      given: { instance: { Engine: 'postgres', DBInstanceStatus: 'creating', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: { instance: { Engine: 'postgres', DBInstanceStatus: 'modifying', MultiAZ: false } },
      verdict: 'FAIL',
    },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', MultiAZ: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { instance: { Engine: 'something-new', MultiAZ: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: { instance: { Engine: 'custom-sqlserver-se', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'a member of a cluster': {
      given: { instance: { Engine: 'aurora-mysql', DBClusterIdentifier: 'sales', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /sales/,
    },
    'a member of a Multi-AZ DB cluster': {
      given: { instance: { Engine: 'mysql', DBClusterIdentifier: 'sales', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'a standby is pending': {
      given: {
        instance: { Engine: 'postgres', MultiAZ: false, PendingModifiedValues: { MultiAZ: true } },
      },
      verdict: 'FAIL',
      evidence: ['instance.MultiAZ'],
      reason: /one Availability Zone \(pending: true\)/,
    },
  },
});
