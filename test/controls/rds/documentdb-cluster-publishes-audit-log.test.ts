import { documentdbClusterPublishesAuditLog } from '../../../lib/controls/rds/documentdb-cluster-publishes-audit-log.ts';
import { testControl } from '../harness.ts';
import { auditLogRows } from './other-engine-rows.ts';

testControl(documentdbClusterPublishesAuditLog, { rows: auditLogRows('docdb') });
