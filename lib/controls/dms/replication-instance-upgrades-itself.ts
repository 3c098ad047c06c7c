import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { replicationInstance } from '../../resources/dms/replication-instance.ts';

export const replicationInstanceUpgradesItself = defineControl(replicationInstance, {
  id: 'DMS.6',
  title: 'DMS replication instances should have automatic minor version upgrade enabled',
  severity: 'MEDIUM',
  rationale: 'Minor versions close holes that are known by then.',
  standards: {
    'fsbp-1.0.0': ['DMS.6'],
    'nist-800-53-r5': ['SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'],
    'pci-dss-4.0.1': ['6.3.3'],
  },
  needs: ['instance'],
  evaluate({ instance: { upgradesItself } }) {
    if (upgradesItself === true) return pass;
    return fail('the replication instance does not upgrade itself', [
      { path: 'instance.upgradesItself', actual: upgradesItself ?? null, expected: true },
    ]);
  },
  remediation: {
    advice: 'Turn on automatic minor version upgrades of the replication instance.',
    grants: [{ actions: ['dms:ModifyReplicationInstance'], on: ({ arn }) => [arn] }],
    plan({ instance: { status } }, { arn }) {
      if (status !== 'available')
        return propose(`its status is ${status ?? 'not known'}, in which it cannot be changed`);
      const set = (AutoMinorVersionUpgrade: boolean) =>
        call('dms', 'modifyReplicationInstance', {
          ReplicationInstanceArn: arn,
          AutoMinorVersionUpgrade,
        });
      return {
        kind: 'calls',
        // It upgrades in its maintenance window alone.
        risk: 'safe',
        summary: 'lets the replication instance upgrade itself',
        calls: [set(true)],
        undo: { calls: [set(false)], widensAccess: false },
      };
    },
  },
});
