import { neptuneClusterKeepsBackups } from '../../../lib/controls/rds/neptune-cluster-keeps-backups.ts';
import { testControl } from '../harness.ts';
import { backupRows } from './other-engine-rows.ts';

testControl(neptuneClusterKeepsBackups, { rows: backupRows('neptune') });
