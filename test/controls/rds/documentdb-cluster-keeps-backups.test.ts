import { documentdbClusterKeepsBackups } from '../../../lib/controls/rds/documentdb-cluster-keeps-backups.ts';
import { testControl } from '../harness.ts';
import { backupRows } from './other-engine-rows.ts';

testControl(documentdbClusterKeepsBackups, { rows: backupRows('docdb') });
