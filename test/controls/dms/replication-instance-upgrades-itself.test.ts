import { replicationInstanceUpgradesItself } from '../../../lib/controls/dms/replication-instance-upgrades-itself.ts';
import { asRecord } from '../../../lib/support/untyped.ts';
import { type Drift, uniqueName } from '../../remediation/drift.ts';
import { type FailingTemplate, it_ } from '../../templates/failing-template.ts';
import { testControl } from '../harness.ts';
import { instance } from './instance.ts';

testControl(replicationInstanceUpgradesItself, {
  base: instance(),
  rows: {
    'it does': { given: {}, verdict: 'PASS' },
    'it does not': {
      given: instance({ upgradesItself: false }),
      verdict: 'FAIL',
      evidence: ['instance.upgradesItself'],
      plan: {
        risk: 'safe',
        calls: ['dms.modifyReplicationInstance'],
        input: { AutoMinorVersionUpgrade: true },
      },
    },
    'it does not, and is being changed': {
      given: instance({ upgradesItself: false, status: 'modifying' }),
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    'nothing is said of it': {
      given: instance({ upgradesItself: undefined, status: undefined }),
      verdict: 'FAIL',
      plan: { proposal: /not known/ },
    },
  },
  effects: {
    dms: {
      // https://docs.aws.amazon.com/dms/latest/APIReference/API_ModifyReplicationInstance.html
      modifyReplicationInstance: (snapshot, { AutoMinorVersionUpgrade }) => ({
        ...snapshot,
        instance: { ...asRecord(snapshot['instance']), upgradesItself: AutoMinorVersionUpgrade },
      }),
    },
  },
});

export const drift: Drift = {
  control: 'DMS.6',
  type: 'AWS::DMS::ReplicationInstance',
  title: 'somebody keeps a replication instance from upgrading itself',
  arrange: async (clients) => {
    const { ReplicationInstance } = await (await clients('dms')).createReplicationInstance({
      ReplicationInstanceIdentifier: uniqueName('drift'),
      ReplicationInstanceClass: 'dms.t3.medium',
      AutoMinorVersionUpgrade: true,
      PubliclyAccessible: false,
    });
    return ReplicationInstance?.ReplicationInstanceArn?.split(':').at(-1) ?? '';
  },
  drift: async (clients, id) =>
    (await clients('dms')).modifyReplicationInstance({
      ReplicationInstanceArn: `arn:aws:dms:us-east-1:123456789012:rep:${id}`,
      AutoMinorVersionUpgrade: false,
    }),
};

export const failingTemplate: FailingTemplate = {
  control: 'DMS.6',
  as: 'AWS::DMS::ReplicationInstance',
  text: it_(
    'DMS::ReplicationInstance',
    'ReplicationInstanceClass: dms.t3.small\nAutoMinorVersionUpgrade: false',
  ),
};
