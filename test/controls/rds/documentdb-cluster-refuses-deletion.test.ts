import { documentdbClusterRefusesDeletion } from '../../../lib/controls/rds/documentdb-cluster-refuses-deletion.ts';
import { testControl } from '../harness.ts';
import { deletionRows } from './other-engine-rows.ts';

testControl(documentdbClusterRefusesDeletion, { rows: deletionRows('docdb') });
