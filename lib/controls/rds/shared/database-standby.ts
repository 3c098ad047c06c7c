import type { DBInstance } from '@aws-sdk/client-rds';
import { engineOf } from '../../../resources/rds/db-engine.ts';

const zonesOf = ({ DBSubnetGroup: { Subnets = [] } = {} }: DBInstance): ReadonlySet<string> =>
  new Set(Subnets.flatMap(({ SubnetAvailabilityZone: zone }) => zone?.Name ?? []));

/** Why a standby of a DB instance is a person's decision; `undefined` where one call adds it. */
export const noStandbyBecause = (instance: DBInstance): string | undefined => {
  // Mirroring or Always On, by edition and version; not every edition has either.
  if (engineOf(instance.Engine)?.family === 'sqlserver')
    return 'SQL Server has a standby by edition and version, and mirrors each database to it';
  if (instance.LicenseModel === 'bring-your-own-license')
    return 'the standby needs a licence of your own';
  if (instance.DBCapacityReservationIdentifier)
    return `the capacity reservation ${instance.DBCapacityReservationIdentifier} has to cover the standby`;
  const zones = zonesOf(instance);
  if (zones.size === 1)
    return `its subnet group has subnets in ${[...zones].join()} alone: it takes one in another zone`;
  return undefined;
};
