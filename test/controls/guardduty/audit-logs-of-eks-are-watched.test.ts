import { auditLogsOfEksAreWatched } from '../../../lib/controls/guardduty/audit-logs-of-eks-are-watched.ts';
import { testControl } from '../harness.ts';
import { detector, rowsOf } from './detector.ts';

testControl(auditLogsOfEksAreWatched, { base: detector(), rows: rowsOf('EKS_AUDIT_LOGS') });
