import { notApplicable, unknown, type Verdict } from '../../../model/control.ts';
import { type EngineFamily, engineOf } from '../../../resources/rds/db-engine.ts';

interface Instance {
  readonly Engine?: string | undefined;
  readonly DBClusterIdentifier?: string | undefined;
  readonly DBInstanceStatus?: string | undefined;
}
interface Scope {
  /** The engines that offer what is evaluated; all of RDS's by default. */
  readonly families?: readonly EngineFamily[];
  /** Whether RDS Custom offers it. */
  readonly custom: boolean;
  /** Whether it is evaluated on each member of a cluster; else the cluster has it. */
  readonly members: boolean;
}

/** DocumentDB and Neptune answer to the RDS API too, and have controls of their own. */
export const notOfRds = (engine: string | undefined): Verdict | undefined =>
  engineOf(engine)
    ? undefined
    : notApplicable(`${engine ?? 'an unknown engine'} is not an engine of RDS`);

/**
 * Why a DB instance is not evaluated; `undefined` where it is. One that is being created shows some of
 * what was asked for as pending, as if it were off.
 */
export const outOfScope = (instance: Instance, scope: Scope): Verdict | undefined => {
  const { Engine: name = '', DBClusterIdentifier: cluster, DBInstanceStatus: status } = instance;
  const engine = engineOf(name);
  if (!engine) return notOfRds(instance.Engine);
  if (cluster && !scope.members)
    return notApplicable(`a member of ${cluster}, which has the setting`);
  const isOffered =
    (scope.custom || !engine.custom) && (scope.families?.includes(engine.family) ?? true);
  if (!isOffered) return notApplicable(`RDS does not offer it for ${name}`);
  return status === 'creating' ? notApplicable('it is still being created') : undefined;
};

/** Why a DB cluster is not evaluated; `undefined` where it is. */
export const clusterOutOfScope = (cluster: {
  readonly Engine?: string | undefined;
  readonly Status?: string | undefined;
}): Verdict | undefined =>
  notOfRds(cluster.Engine) ??
  (cluster.Status === 'creating' ? notApplicable('it is still being created') : undefined);

/** Why what is of another engine than this is not evaluated; `undefined` where it is of it. */
export const ofOther = (
  engine: 'docdb' | 'neptune',
  {
    Engine,
    Status,
  }: { readonly Engine?: string | undefined; readonly Status?: string | undefined },
): Verdict | undefined => {
  if (Engine === undefined) return unknown('Engine is not in the answer of RDS');
  if (Engine !== engine)
    return notApplicable(`it is not of ${engine === 'docdb' ? 'DocumentDB' : 'Neptune'}`);
  return Status === 'creating' ? notApplicable('it is still being created') : undefined;
};
