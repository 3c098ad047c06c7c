import { clusterPublishesAuditLog } from '../../../lib/controls/neptune/cluster-publishes-audit-log.ts';
import { testControl } from '../harness.ts';
import { auditLogRows } from '../rds/other-engine-rows.ts';

testControl(clusterPublishesAuditLog, { rows: auditLogRows('neptune') });
