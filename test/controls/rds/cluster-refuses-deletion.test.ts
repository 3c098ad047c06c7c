import { clusterRefusesDeletion } from '../../../lib/controls/rds/cluster-refuses-deletion.ts';
import { testControl } from '../harness.ts';
import { clusterFlagRows } from './flag-rows.ts';

testControl(clusterRefusesDeletion, {
  rows: clusterFlagRows({ DeletionProtection: true }, { DeletionProtection: false }),
});
