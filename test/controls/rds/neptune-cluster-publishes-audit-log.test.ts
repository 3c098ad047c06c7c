import { neptuneClusterPublishesAuditLog } from '../../../lib/controls/rds/neptune-cluster-publishes-audit-log.ts';
import { testControl } from '../harness.ts';
import { auditLogRows } from './other-engine-rows.ts';

testControl(neptuneClusterPublishesAuditLog, { rows: auditLogRows('neptune') });
