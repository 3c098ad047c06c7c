import { neptuneClusterRefusesDeletion } from '../../../lib/controls/rds/neptune-cluster-refuses-deletion.ts';
import { testControl } from '../harness.ts';
import { deletionRows } from './other-engine-rows.ts';

testControl(neptuneClusterRefusesDeletion, { rows: deletionRows('neptune') });
