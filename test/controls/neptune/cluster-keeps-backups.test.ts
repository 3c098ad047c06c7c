import { clusterKeepsBackups } from '../../../lib/controls/neptune/cluster-keeps-backups.ts';
import { testControl } from '../harness.ts';
import { backupRows } from '../rds/other-engine-rows.ts';

testControl(clusterKeepsBackups, { rows: backupRows('neptune') });
