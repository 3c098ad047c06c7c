import {
  type Call,
  call,
  type Grant,
  type Input,
  type Plan,
  propose,
  type Risk,
} from '../../../model/control.ts';
import { engineOf } from '../../../resources/rds/db-engine.ts';
import { pendingOf } from '../../../resources/rds/db-status.ts';

type InstanceSettings = Omit<Input<'rds', 'modifyDBInstance'>, 'DBInstanceIdentifier'>;
type ClusterSettings = Omit<Input<'rds', 'modifyDBCluster'>, 'DBClusterIdentifier'>;

/**
 * A change of settings of one database. `ApplyImmediately` stands in it only where the setting would else wait for the
 * maintenance window: RDS then applies everything else that waits as well.
 */
interface Change<Settings> {
  readonly risk: Risk;
  readonly summary: string;
  readonly set: Settings;
  /** What was there. */
  readonly back: Settings | { readonly impossible: string };
  readonly widensAccess?: true;
}
interface DatabaseContext {
  readonly ref: { readonly id: string };
}

// Of the resources that the two actions know, the service authorization reference requires the database alone; option,
// parameter, security and subnet groups count where a request names one.
export const modifiesInstance: readonly Grant<unknown>[] = [
  { actions: ['rds:ModifyDBInstance'], on: ({ arn }) => [arn] },
];
export const modifiesCluster: readonly Grant<unknown>[] = [
  { actions: ['rds:ModifyDBCluster'], on: ({ arn }) => [arn] },
];

/** Why nothing may be changed now. RDS refuses most changes unless it is available, and pending ones would come along. */
export const notNow = (
  status: string | undefined,
  pending: readonly string[],
): string | undefined => {
  if (status !== 'available')
    return `its status is ${status ?? 'not known'}, and it is changed only while it is available`;
  if (pending.length === 0) return undefined;
  return `${pending.join(', ')} waits to be applied, and a change now could apply it too`;
};

const planned = <Settings extends object>(
  change: Change<Settings>,
  why: string | undefined,
  make: (settings: Settings) => Call,
): Plan => {
  const { risk, summary, set, back, widensAccess = false } = change;
  if (why) return propose(why, [make(set)]);
  return {
    kind: 'calls',
    risk,
    summary,
    calls: [make(set)],
    undo: 'impossible' in back ? back : { calls: [make(back)], widensAccess },
  };
};

export const changeInstance = (
  instance: { readonly DBInstanceStatus?: string | undefined },
  { ref: { id } }: DatabaseContext,
  change: Change<InstanceSettings>,
): Plan =>
  planned(change, notNow(instance.DBInstanceStatus, pendingOf(instance)), (settings) =>
    call('rds', 'modifyDBInstance', { DBInstanceIdentifier: id, ...settings }),
  );

export const changeCluster = (
  cluster: { readonly Status?: string | undefined },
  { ref: { id } }: DatabaseContext,
  change: Change<ClusterSettings>,
): Plan =>
  planned(change, notNow(cluster.Status, pendingOf(cluster)), (settings) =>
    call('rds', 'modifyDBCluster', { DBClusterIdentifier: id, ...settings }),
  );

/** A member of a cluster: the cluster has other members, an owner and exemptions of its own, so a person decides. */
export const proposeOnCluster = (cluster: string, settings: ClusterSettings): Plan =>
  propose(`it is a member of ${cluster}, where the setting is changed for all members at once`, [
    call('rds', 'modifyDBCluster', { DBClusterIdentifier: cluster, ...settings }),
  ]);

/**
 * The Multi-AZ DB cluster that an instance is a member of: nothing of such a member can be modified, unlike of Aurora's.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/modify-multi-az-db-cluster.html
 */
export const multiAzClusterOf = (instance: {
  readonly Engine?: string | undefined;
  readonly DBClusterIdentifier?: string | undefined;
}): string | undefined => {
  const { family } = engineOf(instance.Engine) ?? {};
  return family && !family.startsWith('aurora-') ? instance.DBClusterIdentifier : undefined;
};
