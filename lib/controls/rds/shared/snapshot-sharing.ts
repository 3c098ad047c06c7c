import { call, fail, type Grant, type Plan, pass, type Verdict } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';

const grant = (kind: ':snapshot:' | ':cluster-snapshot:', action: Grant['actions'][number]) => ({
  actions: [action],
  on: ({ arn }: { readonly arn: string }) => (arn.includes(kind) ? [arn] : []),
});
/** What changing who may restore a snapshot takes, of a DB instance and of a DB cluster. */
export const sharesSnapshot = [
  grant(':snapshot:', 'rds:ModifyDBSnapshotAttribute'),
  grant(':cluster-snapshot:', 'rds:ModifyDBClusterSnapshotAttribute'),
];

/** Takes some out of who may restore a snapshot, or puts them back; the others stay. */
export const share = (
  arn: string,
  id: string,
  values: { ValuesToAdd: string[] } | { ValuesToRemove: string[] },
) =>
  arn.includes(':cluster-snapshot:')
    ? call('rds', 'modifyDBClusterSnapshotAttribute', {
        DBClusterSnapshotIdentifier: id,
        AttributeName: 'restore',
        ...values,
      })
    : call('rds', 'modifyDBSnapshotAttribute', {
        DBSnapshotIdentifier: id,
        AttributeName: 'restore',
        ...values,
      });

/** Whether single accounts alone may restore a snapshot. */
export const evaluateSharing = ({ restore }: { readonly restore: readonly string[] }): Verdict =>
  restore.includes('all')
    ? fail('any AWS account can restore the snapshot', [
        { path: 'attributes.restore', actual: restore, expected: 'account numbers only' },
      ])
    : pass;

const unshare = (arn: string, { id }: Ref): Plan => ({
  kind: 'calls',
  risk: 'safe',
  summary: 'no longer lets every AWS account restore the snapshot',
  calls: [share(arn, id, { ValuesToRemove: ['all'] })],
  undo: { calls: [share(arn, id, { ValuesToAdd: ['all'] })], widensAccess: true },
});

/** What is done about a public snapshot, whatever database it is of. */
export const unsharing = {
  advice:
    "Take the value all out of the snapshot's attribute restore (Private in the console), and share it with single accounts where they need it.",
  grants: sharesSnapshot,
  plan: (_: unknown, { arn, ref }: { readonly arn: string; readonly ref: Ref }) =>
    unshare(arn, ref),
};
