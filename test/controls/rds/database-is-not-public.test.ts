import { databaseIsNotPublic } from '../../../lib/controls/rds/database-is-not-public.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'safe',
  calls: ['rds.modifyDBInstance'],
  input: { DBInstanceIdentifier: 'example', PubliclyAccessible: false },
  undo: 'widens',
} as const;

testControl(databaseIsNotPublic, {
  rows: {
    'it has no public address': {
      given: { instance: { Engine: 'postgres', PubliclyAccessible: false } },
      verdict: 'PASS',
    },
    'it is publicly accessible': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'postgres', PubliclyAccessible: true },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.PubliclyAccessible'],
    },
    'it is public while it is created': {
      given: { instance: { DBInstanceStatus: 'creating', PubliclyAccessible: true } },
      verdict: 'FAIL',
      plan: { proposal: /status is creating/ },
    },
    'a member of an Aurora cluster is public': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          PubliclyAccessible: true,
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'an instance of Neptune is public': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'neptune', PubliclyAccessible: true },
      },
      verdict: 'FAIL',
      plan,
    },
    'a public instance of an engine that is not known': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'something-new',
          PubliclyAccessible: true,
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'UNKNOWN',
      reason: /PubliclyAccessible/,
    },
    'a member of a Multi-AZ DB cluster is public': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          DBClusterIdentifier: 'sales',
          PubliclyAccessible: true,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /Multi-AZ DB cluster sales/ },
    },
    'a public instance has a change pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          PubliclyAccessible: true,
          PendingModifiedValues: { EngineVersion: '18.1', MultiAZ: false },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /^EngineVersion, MultiAZ waits/ },
    },
  },
});
