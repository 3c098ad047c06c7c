import { clusterRefusesDeletion } from '../../../lib/controls/neptune/cluster-refuses-deletion.ts';
import { testControl } from '../harness.ts';
import { deletionRows } from '../rds/other-engine-rows.ts';

testControl(clusterRefusesDeletion, { rows: deletionRows('neptune') });
