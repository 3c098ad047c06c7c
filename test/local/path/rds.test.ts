import { describe, expect, it } from '@jest/globals';
import { account, as, finding, pathMillis, region, told } from './world.ts';

describe('RDS, from call to finding', () => {
  it(
    'a database becomes public and private again',
    async () => {
      const { rds } = as('alice');
      const DBInstanceIdentifier = 'path-orders';
      await rds.createDBInstance({
        DBInstanceIdentifier,
        DBInstanceClass: 'db.t4g.micro',
        Engine: 'postgres',
        AllocatedStorage: 20,
        MasterUsername: 'orders',
        ManageMasterUserPassword: true,
        PubliclyAccessible: false,
        StorageEncrypted: true,
      });
      const database = {
        control: 'RDS.2',
        resource: `arn:aws:rds:${region}:${account}:db:${DBInstanceIdentifier}`,
      };
      await finding({ ...database, status: 'PASSED' });
      const set = (PubliclyAccessible: boolean) =>
        rds.modifyDBInstance({ DBInstanceIdentifier, PubliclyAccessible, ApplyImmediately: true });
      await set(true);
      const failed = await finding({ ...database, status: 'FAILED' });
      expect(told(failed, 'by')).toBe(`arn:aws:iam::${account}:user/alice`);
      await set(false);
      await finding({ ...database, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );
});
